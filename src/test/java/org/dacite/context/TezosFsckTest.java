package org.dacite.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Retention;
import org.dacite.store.Fsck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of damage in what is remembered of Tezos hashes is found, in the right table, and sound rows have none. */
class TezosFsckTest {
    private static final String SMALL =
            "inode_id is null and top_oid = (select max(top_oid) from context_directory" + " where inode_id is null)";
    private static final String BIG = "inode_id = (select max(inode_id) from context_directory)";
    private static final String TOP = "id = (select max(inode_id) from context_directory)";
    private static final String LEAF = "id = (select max(id) from context_inode where children = '[]')";

    /** The table in which a deed to the rows must be found; the newest revision reaches them. */
    private enum Harm {
        DIRECTORY_HASH("context_directory", "update context_directory set hash = HASH where " + SMALL),
        DIRECTORY_COUNT("context_directory", "update context_directory set entry_count = 200 where " + SMALL),
        DIRECTORY_GONE("context_directory", "delete from context_directory where " + SMALL),
        BIG_HASH("context_directory", "update context_directory set hash = HASH where " + BIG),
        BIG_COUNT("context_directory", "update context_directory set entry_count = 300 where " + BIG),
        BIG_GONE("context_directory", "delete from context_directory where " + BIG),
        OTHER_INODE(
                "context_directory",
                "update context_directory set inode_id = (select min(inode_id) from context_directory) where " + BIG),
        INODE_CONTENT("context_directory", "update context_inode set content = HASH where " + TOP),
        INODE_COUNT("context_inode", "update context_inode set entry_count = entry_count + 1 where " + LEAF),
        INODE_DEPTH("context_inode", "update context_inode set depth = depth + 1 where " + LEAF),
        LEAF_CONTENT("context_inode", "update context_inode set content = HASH where " + LEAF),
        INODE_GONE("context_inode", "delete from context_inode where " + LEAF),
        VALUE_HASH("context_value", "update context_value set hash = HASH"),
        COMMIT_HASH("context_commit", "update context_commit set hash = HASH where revision_id = 3"),
        COMMIT_GONE("context_commit", "delete from context_commit where revision_id = 3");

        private final String table;
        private final String deed;

        Harm(String table, String deed) {
            this.table = table;
            this.deed = deed;
        }

        /** The table that the deed changes. */
        String harmed() {
            return deed.replaceFirst("^(update|delete from) (\\w+).*", "$2");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void findsHarmInAnyTable(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            fill(dacite);
            assertEquals(List.of(), damage(dacite, OptionalLong.empty()));
            assertEquals(List.of(), damage(dacite, OptionalLong.of(3)));
            for (Harm harm : Harm.values()) {
                statement.execute("create temp table kept as select * from " + harm.harmed());
                String hash = "00".repeat(32);
                String deed =
                        harm.deed.replace("HASH", engine == Engine.SQLITE ? "x'" + hash + "'" : "'\\x" + hash + "'");
                assertTrue(statement.executeUpdate(deed) > 0, deed);
                assertTold(harm, damage(dacite, OptionalLong.empty()));
                assertTold(harm, damage(dacite, OptionalLong.of(3)));
                statement.execute("delete from " + harm.harmed());
                statement.execute("insert into " + harm.harmed() + " select * from kept");
                statement.execute("drop table kept");
            }
            assertEquals(List.of(), damage(dacite, OptionalLong.empty()));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aPrunedStoreIsSound(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            fill(dacite);
            dacite.prune(Retention.heads(), 50, so -> {});
            assertEquals(List.of(), damage(dacite, OptionalLong.empty()));
            dacite.branch("main").commit("nothing is left", batch -> {
                batch.delete("big");
                batch.delete("small");
            });
            assertEquals(List.of(), damage(dacite, OptionalLong.empty()));
            assertEquals(List.of(), damage(dacite, OptionalLong.of(4)));
        }
    }

    private static void assertTold(Harm harm, List<Fsck.Damage> damage) {
        assertTrue(
                damage.stream().anyMatch(each -> each.table().equals(harm.table)),
                () -> harm + ": expected damage in " + harm.table + ", got " + damage);
        assertTrue(
                damage.stream().allMatch(each -> each.table().startsWith("context_") && each.oid() > 0),
                () -> harm + ": " + damage);
    }

    private static List<Fsck.Damage> damage(Dacite dacite, OptionalLong revision) {
        return Fsck.check(dacite.store(), revision, step -> {}).damage();
    }

    /** Three revisions: one tree of more than 256 keys, a small one, one in that, and values long and short. */
    private static void fill(Dacite dacite) {
        HashScheme.TEZOS.settle(dacite);
        dacite.branch("main").commit("first", batch -> {
            for (int i = 0; i < 270; i++) {
                batch.tree("big").put("name " + i, "value " + i);
            }
            batch.tree("small").put("long", "v".repeat(200)).put("short", "v");
            batch.tree("small").tree("smaller").put("a", "1");
        });
        dacite.branch("main").commit("second", batch -> batch.tree("big").put("name 3", "w".repeat(150)));
        dacite.branch("main").commit("third", batch -> {
            batch.tree("big").put("name 4", "other").delete("name 5");
            batch.tree("small").put("short", "w");
        });
    }
}
