package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read a store on PostgreSQL may read it after its upgrade, and nobody else may. */
class UpgradeRightsTest {
    /** Of heads and of the fork, with trees in trees; in format 1 none of these views is there. */
    private static final List<String> QUESTIONS = List.of(
            "select count(*), min(value), max(path_hex), count(*) filter (where tree <> '') from state_at where revision = 13",
            "select count(*), min(value), max(path_hex), count(*) filter (where tree <> '') from state_at where revision = 9",
            "select count(*), max(value) from state_at('trial')",
            "select count(*), max(value) from history_of where revision = 13",
            "select count(*), max(value) from history_of('key 3', 'main')",
            "select count(*), max(after) from changes_between(12, 13)",
            "select count(*), max(after) from changes_between where from_revision = 12 and to_revision = 13");

    private static final String DECLARED = "select count(*), max(value) from declared where revision = 13";
    private static final String OWN = "select count(*), max(value) from %s.own where revision = 13";
    private static final String NEW_TABLE = "select count(*) from rehashed";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 8})
    void whoMayReadReadsOn(int format) throws Exception {
        try (TestStore place = Engine.POSTGRESQL.fresh()) {
            FirstFormat.place(place, Engine.POSTGRESQL, folder, format);
            try (Connection owner = place.plain();
                    Statement statement = owner.createStatement()) {
                String schema = owner.getSchema();
                String role = schema + "_reader";
                statement.execute("create role " + role + "; grant usage on schema " + schema + " to " + role);
                try {
                    List<String> questions = new ArrayList<>();
                    if (format > 1) {
                        declare(statement);
                        questions.addAll(QUESTIONS);
                        questions.add(DECLARED);
                    }
                    statement.execute("grant select on all tables in schema " + schema + " to " + role);
                    if (format >= 6) {
                        ownView(statement, role, schema);
                        questions.add(OWN.formatted(role));
                    }
                    List<String> before = ask(statement, role, questions);

                    Upgrade.run(place.url(), Settings.defaults(), false, false, so -> {});

                    assertEquals(before, ask(statement, role, questions));
                    assertEquals(ask(statement, "none", QUESTIONS), ask(statement, role, QUESTIONS));
                    assertFalse(ask(statement, role, QUESTIONS).get(0).startsWith("0 "));
                    ask(statement, role, List.of(NEW_TABLE, "select count(*) from line_node"));
                    assertEquals(
                            List.of(schema + "_reader"),
                            grantees(statement),
                            "whoever else may read what the upgrade made");
                } finally {
                    statement.execute("reset role; drop owned by " + role + " cascade; drop role " + role);
                }
            }
        }
    }

    /** Not of tables that are new to the store, where it could not read those that there were. */
    @Test
    void whoMayReadTheStateAloneGetsNoTables() throws Exception {
        try (TestStore place = Engine.POSTGRESQL.fresh()) {
            FirstFormat.place(place, Engine.POSTGRESQL, folder, 2);
            try (Connection owner = place.plain();
                    Statement statement = owner.createStatement()) {
                String role = owner.getSchema() + "_reader";
                statement.execute(
                        "create role " + role + "; grant usage on schema " + owner.getSchema() + " to " + role);
                try {
                    statement.execute("grant select on state_at to " + role + " with grant option");
                    Upgrade.run(place.url(), Settings.defaults(), false, false, so -> {});
                    ask(statement, role, List.of("select count(*) from linked_top", "select 1 from state_at limit 0"));
                    assertEquals(
                            "t",
                            ask(
                                            statement,
                                            "none",
                                            List.of("select has_table_privilege('" + role
                                                    + "', 'state_at', 'select with grant option')"))
                                    .get(0));
                    assertTrue(assertThrows(SQLException.class, () -> ask(statement, role, List.of(NEW_TABLE)))
                            .getMessage()
                            .contains("permission denied"));
                } finally {
                    statement.execute("reset role; drop owned by " + role + "; drop role " + role);
                }
            }
        }
    }

    private static void declare(Statement statement) throws SQLException {
        statement.execute("create view declared as select revision, key, value from state_at");
        statement.execute("insert into field_view (name, fields) values ('declared', 'value:text')");
    }

    private static void ownView(Statement statement, String role, String schema) throws SQLException {
        statement.execute("create schema " + role + " authorization " + role + "; set role " + role + "; create view "
                + role + ".own as select * from " + schema + ".state_at; reset role");
    }

    /** Those other than the owner who may do anything with a relation. */
    private static List<String> grantees(Statement statement) throws SQLException {
        return ask(
                statement,
                "none",
                List.of(
                        "select string_agg(distinct case a.grantee when 0 then 'public' else a.grantee::regrole::text end, ' ')"
                                + " from pg_class c cross join aclexplode(c.relacl) a"
                                + " where c.relnamespace = current_schema()::regnamespace and a.grantee <> c.relowner"));
    }

    private static List<String> ask(Statement statement, String role, List<String> questions) throws SQLException {
        List<String> answers = new ArrayList<>();
        statement.execute("set role " + role);
        try {
            for (String question : questions) {
                try (ResultSet rows = statement.executeQuery(question)) {
                    while (rows.next()) {
                        List<String> cells = new ArrayList<>();
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            cells.add(rows.getString(i));
                        }
                        answers.add(String.join(" ", cells));
                    }
                }
            }
        } finally {
            statement.execute("reset role");
        }
        return answers;
    }
}
