package org.dacite.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Damage to the logs that people name is found, in the right log, whatever else is in the store. */
class FsckLogsTest {
    /** The log that is harmed; the first one belongs to the line of main where that has revisions. */
    private static final String HARMED = "(select id from log where name = 'audit')";

    /** A deed to the rows of the log of eleven records, and where it must be found. */
    private enum Harm {
        ENTRY("update log_entry set entry = HASH where log_id = LOG and number = 4", "log_node"),
        ENTRY_EMPTIED("update log_entry set entry = EMPTY where log_id = LOG and number = 10", "log_node"),
        ENTRY_GONE("delete from log_entry where log_id = LOG and number = 4", "log"),
        FIRST_ENTRY_GONE("delete from log_entry where log_id = LOG and number = 0", "log"),
        LAST_ENTRY_GONE("delete from log_entry where log_id = LOG and number = 10", "log_node"),
        ALL_ENTRIES_GONE("delete from log_entry where log_id = LOG", "log_node"),
        ENTRIES_SWAPPED(
                "update log_entry set entry = (select e.entry from log_entry e where e.log_id = LOG and e.number ="
                        + " 5 - log_entry.number) where log_id = LOG and number in (2, 3)",
                "log_node"),
        ENTRY_TOO_MANY(
                "insert into log_entry select log_id, number + 1, entry from log_entry where log_id = LOG and number"
                        + " = 10",
                "log_node"),
        LEAF("update log_node set hash = HASH where log_id = LOG and position = 0", "log_node"),
        INNER("update log_node set hash = HASH where log_id = LOG and position = 14", "log_node"),
        LAST_NODE("update log_node set hash = HASH where log_id = LOG and position = 18", "log_node"),
        NODE_GONE("delete from log_node where log_id = LOG and position = 6", "log_node"),
        LAST_NODE_GONE("delete from log_node where log_id = LOG and position = 18", "log_node"),
        ALL_NODES_GONE("delete from log_node where log_id = LOG", "log_node"),
        NODE_TOO_MANY(
                "insert into log_node select log_id, position + 1, hash from log_node where log_id = LOG and position"
                        + " = 18",
                "log_node");

        private final String deed;
        private final String table;

        Harm(String deed, String table) {
            this.deed = deed;
            this.table = table;
        }
    }

    static Stream<Arguments> harms() {
        List<Arguments> all = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            for (Harm harm : Harm.values()) {
                all.add(Arguments.of(engine, harm));
            }
        }
        return all.stream();
    }

    private static void fill(Dacite dacite) {
        dacite.recordLog("before").append(records(3));
        dacite.recordLog("audit").append(records(7));
        dacite.recordLog("empty").append(List.of());
        dacite.recordLog("audit").append(records(4));
        dacite.recordLog("last").append(records(5));
    }

    private static List<byte[]> records(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ("record " + i).getBytes(UTF_8))
                .toList();
    }

    private static List<Fsck.Damage> damage(Dacite dacite) {
        return Fsck.check(dacite.store(), OptionalLong.empty(), step -> {}).damage();
    }

    private static void harm(TestStore place, Engine engine, String deed) throws SQLException {
        boolean sqlite = engine == Engine.SQLITE;
        String text = deed.replace("HASH", sqlite ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')")
                .replace("EMPTY", sqlite ? "x''" : "''::bytea")
                .replace("LOG", HARMED);
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            assertEquals(true, statement.executeUpdate(text) > 0, text);
        }
    }

    @ParameterizedTest
    @MethodSource("harms")
    void findsHarm(Engine engine, Harm harm) throws SQLException {
        try (TestStore place = engine.fresh()) {
            try (Dacite dacite = Dacite.open(place.url())) {
                fill(dacite);
                dacite.branch("main").commit("a line", batch -> batch.put("a", "1"));
                assertEquals(List.of(), damage(dacite));
            }
            harm(place, engine, harm.deed);
            try (Dacite dacite = Dacite.open(place.url())) {
                List<Fsck.Damage> damage = damage(dacite);
                assertEquals(1, damage.size(), damage::toString);
                assertEquals(harm.table, damage.get(0).table(), damage::toString);
                assertEquals(2, damage.get(0).oid(), damage::toString);
                assertEquals(0, damage.get(0).revision(), damage::toString);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void looksAtLogsWhereThereIsNoRevision(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            fill(dacite);
            assertEquals(
                    new Fsck.Report(0, 0, 0, List.of()), Fsck.check(dacite.store(), OptionalLong.empty(), s -> {}));
            harm(place, engine, Harm.ENTRY.deed);
            assertEquals(1, damage(dacite).size());
        }
    }
}
