package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Retention;
import org.dacite.store.Settings;
import org.dacite.store.Sweep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a prune would take away, told beforehand. */
class PrunePlanTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatWouldGoIsToldToWhoMayOnlyRead(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = PruneVerbsTest.filled(place);
            String would = cli.run("prune", "--keep", "1", "--dry-run").done().out();
            Settings reading = Settings.defaults().withCreate(false).withReadOnly(true);
            try (Dacite dacite = Dacite.open(place.url(), reading)) {
                Sweep.Plan plan = dacite.planPrune(Retention.heads());
                assertTrue(plan.revisions() > 0);
                assertTrue(would.contains(plan.vertices() + " vert"), would);
            }
            cli.run("fsck").done();
        }
    }

    @Test
    void whatIsRememberedOfTezosHashesIsCountedToo() {
        long[] bytes = new long[2];
        List<String> schemes = List.of("native", "tezos");
        for (int i = 0; i < bytes.length; i++) {
            try (TestStore place = Engine.SQLITE.fresh()) {
                Cli cli = Cli.on(place.url());
                cli.run("init", "--hash-scheme", schemes.get(i)).done();
                for (int version = 0; version < 4; version++) {
                    cli.run("put", "--tree", "t", "k", "v".repeat(200) + version)
                            .done();
                }
                bytes[i] = cli.run("prune", "--keep", "1", "--dry-run", "--json")
                        .done()
                        .json()
                        .get("bytes")
                        .asLong();
            }
        }
        assertTrue(bytes[0] > 0);
        assertEquals(bytes[0] + 3 * (2 * 52 + 44), bytes[1]); // two directories and a value a version
    }
}
