package org.dacite.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What PostgreSQL answers as text, moments as SQLite's views have them. Stateless. */
final class PostgresqlText {
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private PostgresqlText() {}

    /** A column of the row that the result stands at, null where it is. */
    static String of(ResultSet row, int column) throws SQLException {
        if (row.getMetaData().getColumnTypeName(column).equals("timestamptz")) {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null || time.getYear() > 9_999 || time.getYear() < 1 ? row.getString(column) : of(time);
        }
        return row.getString(column);
    }

    /** In UTC, to the millisecond, to the microsecond where that tells more. */
    private static String of(OffsetDateTime time) {
        boolean whole = time.getNano() % 1_000_000 == 0;
        return (whole ? MILLIS : MICROS).format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }
}
