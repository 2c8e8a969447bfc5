package org.dacite.store;

import java.sql.SQLException;
import java.util.Set;

/**
 * Where a store shows its leases, so that pruners of other stores and processes see them. A mark dies with its process. Any
 * thread; never two at once for the same revision.
 */
interface LeaseMarks {
    /**
     * Marks a revision that this store has not marked, and only then looks whether it is given up; answers whether it is
     * not. The mark stays in either case.
     */
    boolean take(long revision) throws SQLException;

    /** Takes the mark away. */
    void release(long revision);

    /** Those of the candidates that any store of any process has marked now; rarely one more, never one less. */
    Set<Long> leased(Set<Long> candidates) throws SQLException;

    /** Ends it, with all marks that are left. */
    void close();
}
