package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.store.RowAppender.LeafRow;
import org.dacite.tree.Vertex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Java refuses the rows that the tables' constraints refuse, and no others. */
final class RowChecksTest {
    private static final int ROWS = 6_000;
    private static final Settings SETTINGS =
            Settings.defaults().withKeyCodec("bytes").withIndexes(IndexLevel.NONE);
    private static final List<Long> NUMBERS = List.of(-1L, 0L, 1L, 2L, 6L, 7L, 8L, -6L, -7L, -8L, 1L << 40);
    private static final List<Integer> LENGTHS = List.of(0, 1, 2, 31, 32, 33, 1025, 1026);
    private static final List<Integer> DEPTHS = List.of(-1, 0, 1, 7, 8, 247, 8199, 8200);
    private static final long OID = 7;

    private final Random random = new Random(29);

    /** Each row is a good one with a few columns at their bounds or beyond; so about half of them are refused. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void refuseWhatTheTableOfVerticesRefuses(Engine engine) throws SQLException {
        agree(
                engine,
                "insert into vertex (oid, prefix, depth, left_oid, right_oid, leaf_count, hash) values (?, ?, ?, ?, ?, ?, ?)",
                (insert, verdicts) -> {
                    int depth = seldom(DEPTHS, 8);
                    Vertex vertex = new Vertex(
                            seldom(NUMBERS, OID),
                            new byte[random.nextInt(6) == 0 ? any(LENGTHS) : Math.max(0, depth / 8 + 1)],
                            depth,
                            seldom(NUMBERS, 6L),
                            seldom(NUMBERS, -5L),
                            seldom(NUMBERS, 2L),
                            new byte[seldom(LENGTHS, 32)]);
                    ValuesAppender.bind(insert, 1, vertex);
                    verdicts.accept(() -> RowChecks.check(vertex), vertex);
                });
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refuseWhatTheTableOfLeavesRefuses(Engine engine) throws SQLException {
        agree(
                engine,
                "insert into leaf (oid, tree_id, key, user_key, kind, value, tree_oid, tree_leaf_count, hash, previous_oid,"
                        + " revision_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (insert, verdicts) -> {
                    int kind = random.nextInt(9) == 0 ? any(List.of(-1, 3)) : random.nextInt(3);
                    LeafRow row = new LeafRow(
                            seldom(NUMBERS, OID),
                            seldom(NUMBERS, 0L),
                            new byte[seldom(LENGTHS, 32)],
                            null,
                            kind,
                            bytes(kind != LeafRow.DELETED),
                            seldom(NUMBERS, kind == LeafRow.TREE ? -6L : 0L),
                            seldom(NUMBERS, kind == LeafRow.TREE ? 1L : 0L),
                            bytes(kind != LeafRow.DELETED),
                            seldom(NUMBERS, kind == LeafRow.DELETED ? 6L : 0L),
                            seldom(NUMBERS, 1L),
                            null);
                    ValuesAppender.bind(insert, 1, row);
                    verdicts.accept(() -> RowChecks.check(row), row);
                });
    }

    /** Its connection has SQLite's own look at them left out. */
    @Test
    void areMadeByWhoWritesToSqlite() throws SQLException {
        byte[] hash = new byte[32];
        try (TestStore place = Engine.SQLITE.fresh()) {
            Dacite.open(place.url(), SETTINGS).close();
            try (Connection connection = place.plain()) {
                RowAppender rows = new ValuesAppender(connection);
                Vertex onItself = new Vertex(OID, new byte[1], 0, OID, 1, 2, hash);
                assertThrows(StoreException.class, () -> rows.vertex(onItself));
                LeafRow withoutKey =
                        new LeafRow(OID, 0, new byte[0], null, LeafRow.VALUE, hash, 0, 0, hash, 0, 1, null);
                assertThrows(StoreException.class, () -> rows.leaf(withoutKey));
                assertThrows(StoreException.class, () -> rows.logNode(1, -1, hash));
                assertThrows(StoreException.class, () -> rows.logNode(1, 0, new byte[31]));
                assertThrows(StoreException.class, () -> rows.logEntry(1, -1, hash));
            }
        }
    }

    private interface Verdicts {
        void accept(Runnable check, Object row) throws SQLException;
    }

    private interface Case {
        void run(PreparedStatement insert, Verdicts verdicts) throws SQLException;
    }

    private void agree(Engine engine, String statement, Case each) throws SQLException {
        int[] refused = new int[1];
        try (TestStore place = engine.fresh()) {
            Dacite.open(place.url(), SETTINGS).close();
            try (Connection connection = place.plain();
                    Statement undo = connection.createStatement();
                    PreparedStatement insert = connection.prepareStatement(statement)) {
                connection.setAutoCommit(false);
                undo.execute("savepoint before");
                for (int i = 0; i < ROWS; i++) {
                    each.run(insert, (check, row) -> {
                        boolean taken = isTaken(insert);
                        undo.execute("rollback to savepoint before");
                        assertEquals(taken, passes(check), row::toString);
                        refused[0] += taken ? 0 : 1;
                    });
                }
                connection.rollback();
            }
        }
        assertTrue(refused[0] > ROWS / 4 && refused[0] < ROWS * 3 / 4, () -> refused[0] + " refused");
    }

    private static boolean isTaken(PreparedStatement insert) {
        try {
            insert.executeUpdate();
            return true;
        } catch (SQLException e) {
            assertTrue(e.getMessage().toLowerCase(Locale.ROOT).contains("check constraint"), e::getMessage);
            return false;
        }
    }

    private static boolean passes(Runnable check) {
        try {
            check.run();
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The good one, but now and then any of the others. */
    private <T> T seldom(List<T> values, T good) {
        return random.nextInt(12) == 0 ? any(values) : good;
    }

    private byte[] bytes(boolean expected) {
        boolean some = random.nextInt(12) == 0 ? !expected : expected;
        return some ? new byte[seldom(LENGTHS, 32)] : null;
    }
}
