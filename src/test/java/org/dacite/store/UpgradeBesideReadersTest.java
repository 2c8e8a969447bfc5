package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who reads an older store in a stock shell sees one state while it is upgraded, the same before and after. */
class UpgradeBesideReadersTest {
    private static final String STATE =
            "select count(*) || ' ' || min(key_hex) || ' ' || max(value_hex) from state_at where revision = 13";

    @TempDir
    private Path folder;

    private static String ask(Connection shell) throws SQLException {
        try (Statement statement = shell.createStatement();
                ResultSet row = statement.executeQuery(STATE)) {
            assertTrue(row.next());
            return row.getString(1);
        }
    }

    /** On SQLite both go on; on PostgreSQL the upgrade, which replaces what is read, waits as long as any writer, and gives up. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void aReaderKeepsItsState(Engine engine) throws Exception {
        Settings hasty = Settings.defaults().withLockTimeoutMillis(200);
        try (TestStore place = engine.fresh()) {
            FirstFormat.place(place, engine, folder, 4);
            try (Connection shell = place.plain()) {
                shell.setAutoCommit(false);
                String before = ask(shell);
                if (engine == Engine.POSTGRESQL) {
                    String told = assertThrows(
                                    StoreException.class, () -> Upgrade.run(place.url(), hasty, false, false, so -> {}))
                            .getMessage();
                    assertTrue(
                            told.startsWith("expected ")
                                    && told.lines().count() == 1
                                    && told.endsWith("the store is as it was"),
                            told);
                    assertEquals(4, Upgrade.status(place.url(), hasty).format());
                    assertEquals(before, ask(shell));
                    shell.commit();
                    assertEquals(before, ask(shell));
                    shell.commit();
                }
                Upgrade.run(place.url(), hasty, false, false, so -> {
                    try {
                        if (so.what().contains("before")) {
                            assertEquals(before, ask(shell));
                            shell.commit();
                        }
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                });
                assertEquals(before, ask(shell));
                shell.commit();
                assertEquals(
                        StoreFormat.CURRENT, Upgrade.status(place.url(), hasty).format());
            }
        }
    }
}
