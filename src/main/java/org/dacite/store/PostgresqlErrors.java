package org.dacite.store;

import java.sql.SQLException;

/** What PostgreSQL's SQL states mean to a person. Stateless. */
final class PostgresqlErrors {
    private PostgresqlErrors() {}

    /** What is wrong with a statement that somebody wrote; null when the statement is not to blame. */
    static String fault(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        if (state.equals("25006")) {
            return "expected a statement that only reads, got one that writes";
        }
        String said = error.getMessage().lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
        if (state.equals("P0001") && said.startsWith("expected ")) {
            return said; // by a function of the store
        }
        boolean fault = state.matches("(0A|0L|20|21|22|2F|38|39|42|54|P0).{3}") && !state.equals("42501");
        return fault ? "expected a statement that PostgreSQL understands, but it said: " + said : null;
    }

    /** One line that says what was expected of the server, what it said, and what to do. */
    static StoreException explain(SQLException error, String place) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        String text = switch (state) {
            case "28P01", "28000" ->
                "expected to log in at " + place + ", but the server refused the user or the password; check both";
            case "08001", "08004", "08006", "08003" ->
                "expected a PostgreSQL server at " + place
                        + ", but the connection failed; check that it runs and may be reached";
            case "57P01", "57P02", "57P03" ->
                "expected a PostgreSQL server at " + place
                        + ", but it ended the connection; what was not committed is gone, try again";
            case "42P01", "3F000" ->
                "expected the tables of a store at " + place
                        + ", but the server does not have them; they were dropped meanwhile, or the user may not see them";
            case "3D000" -> "expected the database of " + place + ", but the server has none of that name";
            case "55P03" ->
                "expected to become the one writer of " + place
                        + ", but another process is writing and did not finish in time; try again, or wait longer";
            case "53100" ->
                "expected room on the disk of " + place + ", but it is full; nothing was lost, make room and try again";
            case "25006" ->
                "expected a store that can be written at " + place
                        + ", got a read-only one; connect to the primary, as a user who may write";
            case "42501" ->
                "expected the right to do this at " + place + ", but the server said: " + error.getMessage();
            case "57014" -> "expected an answer within the time limit, got none";
            default -> "expected PostgreSQL to do its work at " + place + ", but it said: " + error.getMessage();
        };
        return new StoreException(text.lines().findFirst().orElse(text), error);
    }
}
