package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A store goes from place to place and stays what it is, while it is written and pruned, or is refused. */
class TransferTest {
    @Test
    void everyTableIsMoved() throws Exception {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Store.open(place.url(), Settings.defaults()).close();
            List<String> tables = Transfers.rows(
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
            Transfers.fill(first);
            Transfer.Report there = Transfers.copy(first, second, Transfers::quietly);
            Transfer.Report back = Transfers.copy(second, third, Transfers::quietly);
            assertEquals(13, there.revisions());
            assertEquals(33, there.entries());
            assertEquals(there, back);
            Transfers.assertEqual(first, second);
            Transfers.assertEqual(first, third);
            String others = "select count(*) from other_value";
            assertEquals(List.of("0"), Transfers.rows(first, others), "nothing but text");
            assertEquals(List.of("0"), Transfers.rows(third, others));
            assertEquals(
                    new Transfer.Report(0, 0, 0, 0, 13),
                    Transfers.copy(first, third, Transfers::quietly),
                    "a second one moves nothing");
            try (Dacite dacite = Dacite.open(first.url())) {
                dacite.branch("trial")
                        .commit("more", batch -> batch.put("a", "1").put(new byte[] {'b'}, new byte[] {-1}));
                dacite.tag("v1").delete();
                new FieldViews(dacite.store()).create("coins", Map.of("amount", FieldViews.FieldType.BIGINT));
                dacite.tag("v2").create(dacite.revision("trial"));
                dacite.recordLog("payments").append(List.of(new byte[] {1}));
                dacite.recordLog("news").append(List.of(new byte[0]));
                dacite.setRetention(Retention.all());
            }
            Transfer.Report more = Transfers.copy(first, third, Transfers::quietly);
            assertEquals(List.of(1L, 2L, 14L), List.of(more.revisions(), more.entries(), more.all()));
            Transfers.assertEqual(first, third);
            assertEquals(List.of("1"), Transfers.rows(third, others), "a value that is no text came along");
        }
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, POSTGRESQL", "POSTGRESQL, SQLITE"})
    void theSourceIsWrittenAndPrunedMeanwhile(Engine from, Engine to) throws Exception {
        try (TestStore first = from.fresh();
                TestStore second = to.fresh()) {
            Transfers.fill(first);
            int[] calls = {0};
            try (Dacite writer = Dacite.open(first.url())) {
                Transfers.copy(first, second, so -> {
                    if (++calls[0] == 5) {
                        writer.branch("main").commit("meanwhile", batch -> batch.put("key 1", "other"));
                        writer.prune(Retention.heads().withLast(1), 1_000, Transfers::quietly);
                    }
                });
            }
            Transfers.assertSound(second);
            assertEquals(Transfers.heads(first), Transfers.heads(second));
            Transfers.copy(first, second, Transfers::quietly);
            Transfers.assertSound(second);
            assertEquals(
                    Transfers.rows(first, "select revision_id from pruned order by 1"),
                    Transfers.rows(second, "select revision_id from pruned order by 1"));
            try (Dacite a = Dacite.open(first.url());
                    Dacite b = Dacite.open(second.url())) {
                assertEquals(a.defaultRevision(), b.defaultRevision());
                assertArrayEquals(Transfers.proof(a, "main"), Transfers.proof(b, "main"));
                b.prune(Retention.heads().withLast(1), 1_000, Transfers::quietly);
            }
            Transfers.assertSound(second);
        }
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, POSTGRESQL", "POSTGRESQL, SQLITE"})
    void aLineIsBegunMeanwhile(Engine from, Engine to) throws Exception {
        try (TestStore first = from.fresh();
                TestStore second = to.fresh()) {
            Transfers.fill(first);
            int[] calls = {0};
            try (Dacite writer = Dacite.open(first.url())) {
                Transfers.copy(first, second, so -> {
                    if (++calls[0] == 13) { // the newest of the first page
                        writer.branch("aside").create(writer.revision("trial~1"));
                        writer.branch("aside").commit("meanwhile", batch -> batch.put("key 1", "aside"));
                    }
                });
            }
            Transfers.assertEqual(first, second);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsNoEarlierCopyIsRefused(Engine engine) throws Exception {
        try (TestStore first = Engine.SQLITE.fresh();
                TestStore second = engine.fresh()) {
            Transfers.fill(first);
            try (Dacite other = Dacite.open(second.url())) {
                other.branch("main").commit("of its own", batch -> batch.put("a", "1"));
            }
            assertRefused(first, second, "its revision 1");
        }
        try (TestStore first = Engine.SQLITE.fresh();
                TestStore second = engine.fresh()) {
            Transfers.fill(first);
            Transfers.copy(first, second, Transfers::quietly);
            try (Dacite other = Dacite.open(second.url())) {
                other.recordLog("payments").append(List.of(new byte[0]));
            }
            assertRefused(first, second, "log 'payments'");
        }
        try (TestStore first = Engine.SQLITE.fresh();
                TestStore second = engine.fresh()) {
            Transfers.fill(first);
            Transfers.copy(first, second, Transfers::quietly);
            try (Dacite other = Dacite.open(second.url())) {
                other.prune(Retention.heads().withLast(1), 1_000, Transfers::quietly);
            }
            assertRefused(first, second, "was pruned, which the source keeps");
        }
    }

    private static void assertRefused(TestStore first, TestStore second, String why) {
        StoreException refusal =
                assertThrows(StoreException.class, () -> Transfers.copy(first, second, Transfers::quietly));
        assertTrue(
                refusal.getMessage().startsWith("expected an empty store or an earlier copy")
                        && refusal.getMessage().contains(why),
                refusal.getMessage());
    }
}
