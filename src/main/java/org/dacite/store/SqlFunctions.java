package org.dacite.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import org.dacite.bits.Bits;
import org.dacite.bits.KeyCodec;
import org.dacite.bits.PaddedBits;
import org.dacite.hashing.HashAlgorithm;
import org.sqlite.Function;

/** The functions of a Dacite connection to SQLite; PostgreSQL has the same ones in the store's schema. */
final class SqlFunctions {
    private SqlFunctions() {}

    static void register(Connection connection, StoreFormat format) throws SQLException {
        MessageDigest digest = format.hash().newMessageDigest();
        KeyCodec codec = KeyCodec.named(format.keyCodec(), format.hash()::hash);
        add(connection, "dacite_hash", 1, call -> call.answer(digest.digest(call.bytes(0))));
        add(connection, "dacite_skip", 3, call -> {
            int bits = Math.max(0, call.integer(2) - call.integer(1));
            byte[] out = new byte[PaddedBits.encodedLength(bits)];
            PaddedBits.writeEncoded(call.bytes(0), call.integer(1), call.integer(2), out, 0);
            call.answer(out);
        });
        add(connection, "sha3", 2, call -> call.answer(sha3(call.bytes(0), call.integer(1))));
        add(connection, "dacite_text", 1, call -> {
            String text = KeyCodec.showBytes(call.bytes(0));
            boolean isText =
                    text.getBytes(StandardCharsets.UTF_8).length == call.bytes(0).length && text.indexOf('\0') < 0;
            call.answer(isText ? text : null);
        });
        add(
                connection,
                "key_text",
                1,
                call -> call.answer(
                        codec.losesUserKey()
                                ? "0x" + HexFormat.of().formatHex(call.bytes(0))
                                : codec.show(codec.user(call.bytes(0)))));
        add(connection, "bits", 2, call -> {
            byte[] bytes = call.bytes(0);
            int length = Math.min(call.integer(1), bytes.length * 8);
            call.answer(Bits.ofKey(bytes).slice(0, length).toString());
        });
    }

    /** The function of a stock sqlite3 shell, so that what runs there runs here; of its sizes the one that a store can have. */
    private static byte[] sha3(byte[] bytes, int bits) {
        if (bits != 256) {
            throw new IllegalArgumentException("expected sha3(…, 256), got a size of " + bits);
        }
        return HashAlgorithm.SHA3_256.hash(bytes);
    }

    private static void add(Connection connection, String name, int arguments, Body body) throws SQLException {
        Function.create(connection, name, new Call(body), arguments, Function.FLAG_DETERMINISTIC);
    }

    private interface Body {
        void run(Call call) throws SQLException;
    }

    /** One function; null in, null out. */
    private static final class Call extends Function {
        private final Body body;

        private Call(Body body) {
            this.body = body;
        }

        @Override
        protected void xFunc() throws SQLException {
            for (int i = 0; i < args(); i++) {
                if (value_type(i) == org.sqlite.core.Codes.SQLITE_NULL) {
                    result();
                    return;
                }
            }
            try {
                body.run(this);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                error("expected arguments of the documented kinds, got others: " + e.getMessage());
            }
        }

        private byte[] bytes(int at) throws SQLException {
            byte[] bytes = value_blob(at);
            return bytes == null ? new byte[0] : bytes;
        }

        private int integer(int at) throws SQLException {
            return value_int(at);
        }

        private void answer(byte[] bytes) throws SQLException {
            result(bytes);
        }

        private void answer(String text) throws SQLException {
            if (text == null) {
                result();
            } else {
                result(text);
            }
        }
    }
}
