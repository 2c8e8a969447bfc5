package org.dacite.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Where the rows of an answer go. For one answer and one thread. */
interface RowSink {
    /**
     * Once, before the first row; also where there is no row at all.
     *
     * @param metadata what is to be said of the rows as a whole, where the format has a place for that
     */
    void begin(List<RowColumn> columns, Map<String, String> metadata) throws IOException;

    /** One row: for each column a Long, Double, BigDecimal, Boolean, String, byte[] or null. */
    void row(List<?> values) throws IOException;

    /** Writes what is still waiting. */
    void end() throws IOException;
}
