package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.dacite.context.Context;
import org.dacite.context.ContextPath;
import org.dacite.context.HashScheme;
import org.dacite.context.Stage;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.history.Retention;
import org.dacite.history.Snapshot;
import org.dacite.moves.CarriedHashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store goes from place to place and stays what it is, whatever happens on the way. */
class TransferTest {
    @Test
    void everyTableIsMoved() throws Exception {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Store.open(place.url(), Settings.defaults()).close();
            List<String> tables = rows(
                    place,
                    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
                            + " and name <> 'flyway_schema_history' order by name");
            assertEquals(
                    tables,
                    List.copyOf(new TreeSet<>(Transfer.tables())),
                    "a table that a migration adds is moved by Transfer, too");
        }
    }

    @Test
    void aStoreGoesToTheOtherEngineAndBack() throws Exception {
        try (TestStore first = Engine.SQLITE.fresh();
                TestStore second = Engine.POSTGRESQL.fresh();
                TestStore third = Engine.SQLITE.fresh()) {
            fill(first);
            Transfer.Report there = copy(first, second, TransferTest::quietly);
            Transfer.Report back = copy(second, third, TransferTest::quietly);
            assertEquals(13, there.revisions());
            assertEquals(33, there.entries());
            assertEquals(there, back);
            assertEqual(first, second);
            assertEqual(first, third);
            assertEquals(
                    new Transfer.Report(0, 0, 0, 0, 13),
                    copy(first, third, TransferTest::quietly),
                    "a second one moves nothing");
            try (Dacite dacite = Dacite.open(first.url())) {
                dacite.branch("trial").commit("more", batch -> batch.put("a", "1"));
                dacite.tag("v1").delete();
                new FieldViews(dacite.store()).create("coins", Map.of("amount", FieldViews.FieldType.BIGINT));
                dacite.tag("v2").create(dacite.revision("trial"));
                dacite.recordLog("payments").append(List.of(new byte[] {1}));
                dacite.recordLog("news").append(List.of(new byte[0]));
                dacite.setRetention(Retention.all());
            }
            Transfer.Report more = copy(first, third, TransferTest::quietly);
            assertEquals(List.of(1L, 2L, 14L), List.of(more.revisions(), more.entries(), more.all()));
            assertEqual(first, third);
        }
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, POSTGRESQL", "POSTGRESQL, SQLITE"})
    void theSourceIsWrittenAndPrunedMeanwhile(Engine from, Engine to) throws Exception {
        try (TestStore first = from.fresh();
                TestStore second = to.fresh()) {
            fill(first);
            int[] calls = {0};
            try (Dacite writer = Dacite.open(first.url())) {
                copy(first, second, so -> {
                    if (++calls[0] == 5) {
                        writer.branch("main").commit("meanwhile", batch -> batch.put("key 1", "other"));
                        writer.prune(Retention.heads().withLast(1), 1_000, TransferTest::quietly);
                    }
                });
            }
            assertSound(second);
            assertEquals(heads(first), heads(second));
            copy(first, second, TransferTest::quietly);
            assertSound(second);
            assertEquals(
                    rows(first, "select revision_id from pruned order by 1"),
                    rows(second, "select revision_id from pruned order by 1"));
            try (Dacite a = Dacite.open(first.url());
                    Dacite b = Dacite.open(second.url())) {
                assertEquals(a.defaultRevision(), b.defaultRevision());
                assertArrayEquals(proof(a, "main"), proof(b, "main"));
                b.prune(Retention.heads().withLast(1), 1_000, TransferTest::quietly);
            }
            assertSound(second);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsNoEarlierCopyIsRefused(Engine engine) throws Exception {
        try (TestStore first = Engine.SQLITE.fresh();
                TestStore second = engine.fresh()) {
            fill(first);
            try (Dacite other = Dacite.open(second.url())) {
                other.branch("main").commit("of its own", batch -> batch.put("a", "1"));
            }
            assertRefused(first, second, "its revision 1");
        }
        try (TestStore first = Engine.SQLITE.fresh();
                TestStore second = engine.fresh()) {
            fill(first);
            copy(first, second, TransferTest::quietly);
            try (Dacite other = Dacite.open(second.url())) {
                other.recordLog("payments").append(List.of(new byte[0]));
            }
            assertRefused(first, second, "log 'payments'");
        }
        try (TestStore first = Engine.SQLITE.fresh();
                TestStore second = engine.fresh()) {
            fill(first);
            copy(first, second, TransferTest::quietly);
            try (Dacite other = Dacite.open(second.url())) {
                other.prune(Retention.heads().withLast(1), 1_000, TransferTest::quietly);
            }
            assertRefused(first, second, "was pruned, which the source keeps");
        }
    }

    private static void assertRefused(TestStore first, TestStore second, String why) {
        StoreException refusal = assertThrows(StoreException.class, () -> copy(first, second, TransferTest::quietly));
        assertTrue(
                refusal.getMessage().startsWith("expected an empty store or an earlier copy")
                        && refusal.getMessage().contains(why),
                refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "update leaf set value = x'00' where oid = (select max(oid) from leaf where kind = 0)",
        "update vertex set hash = (select hash from leaf where hash is not null limit 1) where oid = (select max(oid) from vertex)",
        "update vertex set leaf_count = leaf_count + 1 where oid = (select min(oid) from vertex)",
        "update revision set author = 'somebody else' where id = 5",
        "update revision set root = history where id = 13",
        "delete from leaf where oid = (select max(oid) from leaf)",
    })
    void aDamagedSourceIsNotBelieved(String damage) throws Exception {
        try (TestStore first = Engine.SQLITE.fresh();
                TestStore second = Engine.SQLITE.fresh()) {
            fill(first);
            try (Connection connection = first.plain();
                    Statement statement = connection.createStatement()) {
                statement.execute(damage);
            }
            StoreException refusal =
                    assertThrows(StoreException.class, () -> copy(first, second, TransferTest::quietly));
            assertTrue(refusal.getMessage().contains("expected a sound store at " + first.url()), refusal.getMessage());
            assertEquals(List.of(), rows(second, "select name from branch"), "it leads nowhere");
        }
    }

    /** An open file outlives its name; a schema does not. What came over is sound in any case. */
    @ParameterizedTest
    @CsvSource({"SQLITE, POSTGRESQL", "POSTGRESQL, SQLITE"})
    void theSourceIsTakenAwayMeanwhile(Engine from, Engine to) throws Exception {
        try (TestStore first = from.fresh();
                TestStore second = to.fresh()) {
            fill(first);
            int[] calls = {0};
            try {
                copy(first, second, so -> {
                    if (++calls[0] == 6) {
                        takeAway(first);
                    }
                });
                assertEquals(List.of("13"), rows(second, "select count(*) from revision"));
            } catch (StoreException e) {
                assertEquals(1, e.getMessage().lines().count(), e.getMessage());
                assertTrue(e.getMessage().startsWith("expected "), e.getMessage());
                assertEquals(List.of(), rows(second, "select name from branch"), "it leads nowhere");
            }
            try (Store store = Store.open(second.url(), Settings.defaults())) {
                Fsck.check(store, OptionalLong.empty(), what -> {})
                        .damage()
                        .forEach(damage -> assertEquals("branch", damage.table(), damage::toString));
            }
        }
    }

    private static void takeAway(TestStore place) {
        try {
            if (place.url().startsWith("jdbc:")) {
                try (Connection connection = place.plain();
                        Statement statement = connection.createStatement()) {
                    statement.execute("drop schema " + connection.getSchema() + " cascade");
                }
            } else {
                for (String part : List.of("", "-wal", "-shm", "-leases")) {
                    Files.deleteIfExists(Path.of(place.url() + part));
                }
            }
        } catch (SQLException | IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aLostConnectionIsToldAndTheNextCopyGoesOn() throws Exception {
        try (TestStore first = Engine.SQLITE.fresh();
                TestStore second = Engine.POSTGRESQL.fresh()) {
            fill(first);
            int[] calls = {0};
            StoreException lost = assertThrows(
                    StoreException.class,
                    () -> copy(first, second, so -> {
                        if (++calls[0] == 6) {
                            end(second);
                        }
                    }));
            assertEquals(1, lost.getMessage().lines().count(), lost.getMessage());
            copy(first, second, TransferTest::quietly);
            assertEqual(first, second);
        }
    }

    /** Directories of more than 256 entries, long values, copies, deletions, a commit without a context, and staged changes. */
    private static void fillContext(Dacite dacite, boolean prunes) {
        dacite.branch("main").commit("before there was a scheme", batch -> batch.put("old", "1"));
        HashScheme.TEZOS.settle(dacite);
        Random random = new Random(3);
        try (Context context = Context.of(dacite)) {
            for (int step = 0; step < 7; step++) {
                for (int i = 0; i < 60 + 300 / (1 + step); i++) {
                    set(context, "big/n" + random.nextInt(500), "value " + step);
                    set(
                            context,
                            "d" + random.nextInt(4) + "/deep/n" + random.nextInt(9),
                            "long ".repeat(random.nextInt(50)));
                }
                context.copy(ContextPath.parse("big"), ContextPath.parse("twin" + step % 2));
                context.delete(ContextPath.parse("d" + step % 4));
                set(context, "d" + (step + 1) % 4, "a value in the way");
                if (step == 5) {
                    context.checkout(dacite.revision("4"));
                    set(context, "d0/other", "fork");
                }
                context.commit(1_000 + step, "Ada", "block " + step);
            }
        }
        dacite.branch("main")
                .commit("without a context", batch -> batch.tree("big").put("n1", "other"));
        if (prunes) {
            dacite.prune(Retention.heads().withLast(2), 1_000, TransferTest::quietly);
        }
        Stage.named(dacite, "desk").set(ContextPath.parse("staged/x"), new byte[] {9});
    }

    private static void set(Context context, String path, String value) {
        context.set(ContextPath.parse(path), value.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tezosHashesAreMadeAnew(boolean prunes) throws Exception {
        try (TestStore first = Engine.SQLITE.fresh();
                TestStore second = Engine.POSTGRESQL.fresh();
                TestStore third = Engine.SQLITE.fresh()) {
            try (Dacite dacite = Dacite.open(first.url())) {
                fillContext(dacite, prunes);
            }
            copy(first, second, TransferTest::quietly);
            copy(second, third, TransferTest::quietly);
            for (String table : List.of("context", "context_stage", "context_change", "context_commit")) {
                assertEquals(rows(first, "select * from " + table), rows(third, "select * from " + table), table);
            }
            assertEquals(List.of("8"), rows(third, "select count(*) from context_commit"));
            assertSound(third);
            try (Dacite a = Dacite.open(first.url());
                    Dacite b = Dacite.open(third.url())) {
                for (Dacite each : List.of(a, b)) {
                    each.branch("main")
                            .commit(
                                    Note.of("next").at(7),
                                    batch -> batch.tree("big").put("n2", "next"));
                }
            }
            assertEquals(
                    rows(first, "select * from context_commit"),
                    rows(third, "select * from context_commit"),
                    "commits go on with what was made anew");
            try (Connection connection = first.plain();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "update context_commit set hash = (select hash from context_commit where revision_id = 8)"
                                + " where revision_id = 10");
            }
            StoreException refusal =
                    assertThrows(StoreException.class, () -> copy(first, second, TransferTest::quietly));
            assertTrue(refusal.getMessage().contains("expected the tezos hash"), refusal.getMessage());
        }
    }

    private static void end(TestStore place) {
        try {
            rows(
                    place,
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
                            + " current_setting('application_name') and pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void quietly(Sweep.Progress so) {}

    private static void fill(TestStore place) {
        try (Dacite dacite = Dacite.open(place.url())) {
            FirstFormat.fill(dacite);
        }
    }

    private static Transfer.Report copy(TestStore first, TestStore second, Consumer<Sweep.Progress> progress) {
        try (Store from = Store.open(first.url(), Settings.defaults());
                Store to = Store.open(second.url(), Settings.defaults().withIndexes(IndexLevel.NONE))) {
            Transfer.Report report = Transfer.run(from, to, new CarriedHashes(from), 100, progress);
            assertEquals(from.indexes(), to.indexes());
            return report;
        }
    }

    private static void assertSound(TestStore place) {
        try (Store store = Store.open(place.url(), Settings.defaults())) {
            assertEquals(
                    List.of(),
                    Fsck.check(store, OptionalLong.empty(), what -> {}).damage());
        }
    }

    private static Map<String, Long> heads(TestStore place) {
        try (Dacite dacite = Dacite.open(place.url())) {
            return dacite.branches();
        }
    }

    private static byte[] proof(Dacite dacite, String revision) {
        try (Snapshot state = dacite.at(dacite.revision(revision))) {
            return state.prove("key 1", "key 7", "copy", "none").bytes();
        }
    }

    /** All rows of all tables, and what is proved of every revision that has its state. */
    private static void assertEqual(TestStore first, TestStore second) throws SQLException {
        for (String table : Transfer.tables()) {
            if (table.equals("pruned")) {
                assertEquals(
                        rows(first, "select revision_id from pruned order by 1"),
                        rows(second, "select revision_id from pruned order by 1"));
            } else {
                assertEquals(rows(first, "select * from " + table), rows(second, "select * from " + table), table);
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

    private static List<String> rows(TestStore place, String question) throws SQLException {
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
        if (question.startsWith("select *")) {
            rows.sort(null);
        }
        return rows;
    }
}
