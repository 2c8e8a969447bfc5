package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that is damaged or taken away, and a connection that is lost, on the way of a store from place to place. */
class TransferFaultsTest {
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
            Transfers.fill(first);
            try (Connection connection = first.plain();
                    Statement statement = connection.createStatement()) {
                statement.execute(damage);
            }
            StoreException refusal =
                    assertThrows(StoreException.class, () -> Transfers.copy(first, second, Transfers::quietly));
            assertTrue(refusal.getMessage().contains("expected a sound store at " + first.url()), refusal.getMessage());
            assertEquals(List.of(), Transfers.rows(second, "select name from branch"), "it leads nowhere");
        }
    }

    /** Few rows are looked at by who copies, many by the thread that sends them: told in the same words. */
    @ParameterizedTest
    @ValueSource(ints = {5, 3_000})
    void aRowThatNoTableTakesIsToldOf(int leaves) throws Exception {
        try (TestStore first = Engine.SQLITE.fresh();
                TestStore second = Engine.SQLITE.fresh()) {
            try (Dacite dacite = Dacite.open(first.url())) {
                dacite.branch(Branch.MAIN).commit("many", batch -> {
                    for (int i = 0; i < leaves; i++) {
                        batch.put("key " + i, "value");
                    }
                });
            }
            try (Connection connection = first.plain();
                    Statement statement = connection.createStatement()) {
                statement.execute("pragma ignore_check_constraints = on");
                statement.execute("update leaf set previous_oid = oid where oid = (select min(oid) from leaf)");
            }
            StoreException refusal =
                    assertThrows(StoreException.class, () -> Transfers.copy(first, second, Transfers::quietly));
            assertTrue(
                    refusal.getMessage().startsWith("expected a leaf that its table takes, got one with OID 1, "),
                    refusal.getMessage());
            assertEquals(List.of(), Transfers.rows(second, "select name from branch"), "it leads nowhere");
        }
    }

    /** An open file outlives its name; a schema does not. What came over is sound in any case. */
    @ParameterizedTest
    @CsvSource({"SQLITE, POSTGRESQL", "POSTGRESQL, SQLITE"})
    void theSourceIsTakenAwayMeanwhile(Engine from, Engine to) throws Exception {
        try (TestStore first = from.fresh();
                TestStore second = to.fresh()) {
            Transfers.fill(first);
            int[] calls = {0};
            try {
                Transfers.copy(first, second, so -> {
                    if (++calls[0] == 6) {
                        takeAway(first);
                    }
                });
                assertEquals(List.of("13"), Transfers.rows(second, "select count(*) from revision"));
            } catch (StoreException e) {
                assertEquals(1, e.getMessage().lines().count(), e.getMessage());
                assertTrue(e.getMessage().startsWith("expected "), e.getMessage());
                assertEquals(List.of(), Transfers.rows(second, "select name from branch"), "it leads nowhere");
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
            Transfers.fill(first);
            int[] calls = {0};
            StoreException lost = assertThrows(
                    StoreException.class,
                    () -> Transfers.copy(first, second, so -> {
                        if (++calls[0] == 6) {
                            end(second);
                        }
                    }));
            assertEquals(1, lost.getMessage().lines().count(), lost.getMessage());
            Transfers.copy(first, second, Transfers::quietly);
            Transfers.assertEqual(first, second);
        }
    }

    private static void end(TestStore place) {
        try {
            Transfers.rows(
                    place,
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
                            + " current_setting('application_name') and pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
