package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.moves.CarriedHashes;

/** Stores that go from place to place, for the tests of it: how one is filled, copied, and held against another. */
final class Transfers {
    /** The columns of a leaf; an index may bring others, which are made of these. */
    private static final String LEAF =
            "oid, tree_id, key, user_key, kind, value, tree_oid, tree_leaf_count, hash," + " previous_oid, revision_id";

    private Transfers() {}

    static void quietly(Sweep.Progress so) {}

    static void fill(TestStore place) {
        try (Dacite dacite = Dacite.open(place.url())) {
            FirstFormat.fill(dacite);
        }
    }

    static Transfer.Report copy(TestStore first, TestStore second, Consumer<Sweep.Progress> progress) {
        try (Store from = Store.open(first.url(), Settings.defaults());
                Store to = Store.open(second.url(), Settings.defaults().withIndexes(IndexLevel.NONE))) {
            Transfer.Report report = Transfer.run(from, to, new CarriedHashes(from), 100, progress);
            assertEquals(from.indexes(), to.indexes());
            return report;
        }
    }

    static void assertSound(TestStore place) {
        try (Store store = Store.open(place.url(), Settings.defaults())) {
            assertEquals(
                    List.of(),
                    Fsck.check(store, OptionalLong.empty(), what -> {}).damage());
        }
    }

    static Map<String, Long> heads(TestStore place) {
        try (Dacite dacite = Dacite.open(place.url())) {
            return dacite.branches();
        }
    }

    static byte[] proof(Dacite dacite, String revision) {
        try (Snapshot state = dacite.at(dacite.revision(revision))) {
            return state.prove("key 1", "key 7", "copy", "none").bytes();
        }
    }

    /** All rows of all tables, and what is proved of every revision that has its state. */
    static void assertEqual(TestStore first, TestStore second) throws SQLException {
        for (String table : Transfer.tables()) {
            if (table.equals("pruned")) {
                assertEquals(
                        rows(first, "select revision_id from pruned order by 1"),
                        rows(second, "select revision_id from pruned order by 1"));
            } else if (!table.equals("other_value")) { // which is full on PostgreSQL, whatever the values are
                String asked =
                        table.equals("branch_head") ? "branch" : table; // a copy writes down where the heads stand
                String question = "select " + (table.equals("leaf") ? LEAF : "*") + " from " + asked;
                assertEquals(rows(first, question), rows(second, question), table);
            }
        }
        assertSound(second);
        try (Dacite a = Dacite.open(first.url());
                Dacite b = Dacite.open(second.url())) {
            for (long id = 1; a.store().revision(id).isPresent(); id++) {
                Revision each = a.store().revision(id).orElseThrow();
                assertEquals(each, b.store().revision(id).orElseThrow());
                if (!each.pruned()) {
                    assertArrayEquals(proof(a, Long.toString(id)), proof(b, Long.toString(id)));
                }
            }
        }
    }

    static List<String> rows(TestStore place, String question) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(question)) {
            while (found.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    Object cell = found.getObject(i);
                    cells.add(cell instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(cell));
                }
                rows.add(String.join(" ", cells));
            }
        }
        if (!question.contains(" order by ")) {
            rows.sort(null);
        }
        return rows;
    }
}
