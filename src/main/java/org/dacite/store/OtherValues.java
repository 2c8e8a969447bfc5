package org.dacite.store;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Notes in the table {@code other_value} that a value is written that is no text. As long as there is none, the views on SQLite look at
 * no value for it. For one thread, and for one connection, which is closed where a transaction fails.
 */
final class OtherValues {
    private static final int CHARACTERS = 1_024;

    private final Connection connection;
    private boolean noted;

    OtherValues(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from other_value")) {
            this.noted = row.getInt(1) > 0;
        }
    }

    /** Looks at a value that is about to be written. */
    void look(byte[] value) throws SQLException {
        if (noted || isText(value)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into other_value (one) values (1) on conflict do nothing");
        }
        noted = true;
    }

    /** Whether these bytes are UTF-8 without NUL, U+FFFE and U+FFFF, which SQLite's functions of text do not see as they are. */
    static boolean isText(byte[] value) {
        int at = 0;
        while (at < value.length && value[at] > 0) {
            at++;
        }
        return at == value.length || isText(ByteBuffer.wrap(value, at, value.length - at));
    }

    private static boolean isText(ByteBuffer bytes) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(Math.min(CHARACTERS, bytes.remaining()));
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            text.clear();
            result = utf8.decode(bytes, text, true);
            if (result.isError() || text.flip().chars().anyMatch(c -> c == 0 || c >= 0xfffe)) {
                return false;
            }
        }
        return true;
    }
}
