package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The tables that come to another store row by row, as one state of the source has them. For one transaction. */
final class MovedTables {
    /** What is as the source has it at the end, in an order in which references lead back. */
    static final List<String> MIRRORED =
            List.of("branch_head", "tag", "retention", "context", "context_stage", "context_change");

    /** What is read instead of a table: a copy may have revisions that the source had not yet when its branches were read. */
    private static final Map<String, String> READ = Map.of("branch_head", "branch");

    /** What is added to, and is as it stands at the source: tables, each with the number that goes up in it. */
    static final Map<String, String> TAKEN = Map.of("rehashed", "revision_id");

    private static final int FETCH_ROWS = 16;

    private final Dialect explaining;
    private final Connection source;
    private final Connection target;

    /** From one connection to another; what fails at the source is explained by its dialect. */
    MovedTables(Dialect explaining, Connection source, Connection target) {
        this.explaining = explaining;
        this.source = source;
        this.target = target;
    }

    /** Makes the destination what the source is. */
    void move() throws SQLException {
        List<String> backwards = new ArrayList<>(MIRRORED);
        Collections.reverse(backwards);
        try (Statement statement = target.createStatement()) {
            for (String table : backwards) {
                statement.executeUpdate("delete from " + table);
            }
        }
        for (String table : MIRRORED) {
            move(table, "");
        }
        for (Map.Entry<String, String> taken : TAKEN.entrySet()) {
            long have = new RowPages(target)
                    .number("select coalesce(max(" + taken.getValue() + "), 0) from " + taken.getKey());
            String more = " where " + taken.getValue() + " > " + have + " order by " + taken.getValue();
            move(taken.getKey(), more);
        }
    }

    private void move(String table, String which) throws SQLException {
        try (Statement question = source.createStatement()) {
            question.setFetchSize(FETCH_ROWS);
            try (ResultSet rows =
                    read(() -> question.executeQuery("select * from " + READ.getOrDefault(table, table) + which))) {
                int columns = rows.getMetaData().getColumnCount();
                List<String> names = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    names.add(rows.getMetaData().getColumnName(i));
                }
                String insert = "insert into " + table + " (" + String.join(", ", names) + ") values ("
                        + String.join(", ", Collections.nCopies(columns, "?")) + ")";
                try (PreparedStatement statement = target.prepareStatement(insert)) {
                    int held = 0;
                    while (read(rows::next)) {
                        for (int i = 1; i <= columns; i++) {
                            int column = i;
                            statement.setObject(i, read(() -> rows.getObject(column)));
                        }
                        statement.addBatch();
                        if (++held % FETCH_ROWS == 0) {
                            statement.executeBatch();
                        }
                    }
                    statement.executeBatch();
                }
            }
        }
    }

    private interface Reading<T> {
        T read() throws SQLException;
    }

    /** Reads the source; what fails there is no failure of the destination. */
    private <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException e) {
            throw explaining.explain(e);
        }
    }
}
