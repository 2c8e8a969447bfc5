package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import org.dacite.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadOnlySqlTest {
    private static final String ENDLESS = "with recursive n (i) as (select 1 union all select i + 1 from n) ";

    /** Refused before they are run, whatever the engine. */
    private static final List<String> NO_READING = List.of(
            "delete from leaf",
            "insert into branch values ('x', 1)",
            "update branch set name = 'x'",
            "drop table leaf",
            "create table x (y integer)",
            "create temp table x (y integer)",
            "attach 'x.db' as x",
            "detach main",
            "vacuum",
            "vacuum into '/tmp/x.db'",
            "pragma query_only = off",
            "pragma user_version = 7",
            "explain pragma user_version = 7",
            "reindex leaf",
            "analyze",
            "copy (select 1) to '/tmp/x'",
            "copy (select 1) to program 'cat'",
            "copy leaf from program 'cat /etc/passwd'",
            "load 'x'",
            "listen x",
            "select readfile('/etc/passwd')",
            "select writefile('/tmp/x', 'x')",
            "select lo_get(1)",
            "select * from pg_read_binary_file('/etc/passwd')",
            "select * from dblink_exec('x', 'y')",
            "with a as (select pg_read_file('/etc/passwd') as x) select x from a",
            "pragma journal_mode = delete",
            "pragma writable_schema = on",
            "begin",
            "commit",
            "set transaction read write",
            "copy leaf to '/tmp/leaf'",
            "copy leaf to program 'cat'",
            "copy leaf from '/tmp/leaf'",
            "do $$ begin end $$",
            "call x()",
            "lock table leaf",
            "explain delete from leaf",
            "explain analyze delete from leaf",
            "explain (analyze) delete from leaf",
            "explain",
            "-- select\ndelete from leaf",
            "/* select */ delete from leaf",
            "; delete from leaf",
            "(select 1)",
            "select 1; select 2",
            "select 1; delete from leaf",
            "select 1;; select 2",
            "select ';'; delete from leaf",
            "select load_extension('x')",
            "select pg_read_file('/etc/passwd')",
            "select pg_catalog.pg_read_file('/etc/passwd')",
            "select \"pg_read_binary_file\" /* x */ ('/etc/passwd')",
            "select lo_export(1, '/tmp/x')",
            "select lo_import('/etc/passwd')",
            "select pg_ls_dir('/')",
            "select pg_terminate_backend(1)",
            "select pg_advisory_lock(1)",
            "select pg_reload_conf()",
            "select set_config('jit', 'on', false)",
            "select * from dblink('x', 'y')",
            "select query_to_xml('delete from leaf', true, true, '')",
            "",
            "   ",
            "-- nothing",
            ";");

    /** Refused by the engine, since the connection cannot write. */
    private static final List<String> WRITES = List.of(
            "with a as (select 1) delete from leaf",
            "with a as (select 1) delete from leaf returning oid",
            "with a as (select 1) insert into branch select 'x', 1",
            "with a as (select 1) update branch set name = 'x'");

    private static final List<String> POSTGRESQL_WRITES = List.of(
            "select * into x from leaf",
            "select * into temp x from leaf",
            "with a as (delete from leaf returning oid) select * from a",
            "explain analyze with a as (delete from leaf returning oid) select * from a",
            "select * from store for update");

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesWhatDoesNotRead(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Revision at = dacite.branch("main").commit("one", batch -> batch.put("a", "1"));
            List<String> refused = new ArrayList<>(NO_READING);
            refused.addAll(WRITES);
            if (engine == Engine.POSTGRESQL) {
                refused.addAll(POSTGRESQL_WRITES);
            }
            for (String sql : refused) {
                IllegalArgumentException e = assertThrows(
                        IllegalArgumentException.class, () -> Asked.sql(dacite, sql, OptionalLong.of(at.id())), sql);
                assertTrue(e.getMessage().matches("expected .+, (got|but) .+"), e.getMessage());
            }
            assertEquals(1, dacite.head().leafCount());
            assertEquals(
                    List.of(1L),
                    Asked.sql(dacite, "select count(*) as n from leaf").column("n"));
            assertEquals(
                    2,
                    dacite.branch("main")
                            .commit("two", batch -> batch.put("b", "2"))
                            .id());
        }
    }

    /** However long a stalled machine takes for it: without a limit it would go on for ever, and the message says which it was. */
    @ParameterizedTest
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @EnumSource(Engine.class)
    void anEndlessRecursionEnds(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            for (String rest : List.of("select count(*) from n", "select i from n", "select i from n order by i")) {
                long start = System.nanoTime();
                StoreException e = assertThrows(
                        StoreException.class,
                        () -> ReadOnlySql.run(dacite.store(), ENDLESS + rest, 1, values -> {}),
                        rest);
                assertTrue(System.nanoTime() - start >= 900_000_000L, "not before its time: " + rest);
                assertEquals(
                        "expected an answer within 1 s, got none; ask for less (an endless recursion never ends), or"
                                + " allow more time",
                        e.getMessage());
            }
            assertEquals(List.of(1L), Asked.sql(dacite, "select 1 as one").column("one"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aTimeLimitIsASecondOrMore(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            assertThrows(
                    IllegalArgumentException.class, () -> ReadOnlySql.run(dacite.store(), "select 1", 0, values -> {}));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void stateIsARelation(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Revision one = dacite.branch("main").commit("one", batch -> {
                batch.put("a", "1");
                batch.tree("t").put("b", "2");
            });
            Revision two = dacite.branch("main").commit("two", batch -> batch.put("a", "3"));
            String sql = "select tree, key, value from state";
            assertEquals(List.of(" a 1", "t b 2"), lines(dacite, sql + " order by tree", one));
            assertEquals(List.of(" a 3", "t b 2"), lines(dacite, sql + " order by tree;", two));
            assertEquals(List.of(" a 1"), lines(dacite, sql + " where key = 'a'", one));
            for (String statement : List.of(
                    "with x as (select * from state) select tree, key, value from x where tree = ''",
                    "with recursive x (tree, key, value) as (select tree, key, value from state where tree = '')"
                            + " select * from x",
                    "WITH x AS (select 1) -- state\nselect tree, key, value from STATE where tree = ''",
                    "/* about */ select tree, key, value from \"state\" where tree = ''",
                    "select tree, key, value from state where tree = '' and 1 = :revision")) {
                assertEquals(List.of(" a 1"), lines(dacite, statement, one), statement);
            }
            assertFalse(Asked.sql(dacite, "explain select * from state", OptionalLong.of(1))
                    .rows()
                    .isEmpty());
        }
    }

    private static List<String> lines(Dacite dacite, String sql, Revision at) {
        return Asked.sql(dacite, sql, OptionalLong.of(at.id())).lines("tree", "key", "value");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void withoutARevisionThereIsNoState(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            assertThrows(IllegalArgumentException.class, () -> Asked.sql(dacite, "select * from state"));
            assertThrows(IllegalArgumentException.class, () -> Asked.sql(dacite, "select :revision"));
            assertThrows(IllegalArgumentException.class, () -> Asked.sql(dacite, "select 1", OptionalLong.of(7)));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void handsOverValuesAsTheyAre(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Revision at = dacite.branch("main").commit("one", batch -> batch.put("abc", "1"));
            Asked asked = Asked.sql(
                    dacite,
                    "select oid, key, hex(key) as hex, key_text(key) as text, bits(key, 4) as bits, user_key,"
                            + " dacite_hash(key) as hash from leaf where revision_id = :revision",
                    OptionalLong.of(at.id()));
            List<Object> row = new ArrayList<>(asked.rows().get(0).values());
            assertEquals(1L, row.get(0));
            assertTrue(Arrays.equals(new byte[] {'a', 'b', 'c', 0}, (byte[]) row.get(1)));
            assertEquals(Arrays.asList("61626300", "abc", "0110", null), row.subList(2, 6));
            assertTrue(Arrays.equals(dacite.hash().hash((byte[]) row.get(1)), (byte[]) row.get(6)));
            assertEquals(
                    List.of("none"),
                    Asked.sql(dacite, "select 1 as none where 1 = 0").columns());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void anErrorIsOneLine(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            for (String sql : List.of("select x from y", "select from where", "select sum(1, 2)", "with a select 1")) {
                IllegalArgumentException e =
                        assertThrows(IllegalArgumentException.class, () -> Asked.sql(dacite, sql), sql);
                assertEquals(1, e.getMessage().lines().count(), e.getMessage());
                assertTrue(e.getMessage().startsWith("expected a statement that "), e.getMessage());
            }
        }
    }

    @Test
    void textThatIsNoUtf8ComesAsBytes() {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Asked asked = Asked.sql(dacite, "select cast(x'ff01' as text) as a, cast(x'c3bc' as text) as b");
            assertArrayEquals(
                    new byte[] {(byte) 0xff, 1}, (byte[]) asked.rows().get(0).get("a"));
            assertEquals("ü", asked.rows().get(0).get("b"));
        }
    }
}
