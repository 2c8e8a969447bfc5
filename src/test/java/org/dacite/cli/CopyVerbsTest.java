package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CopyVerbsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aBackupIsBroughtBack(Engine engine) throws Exception {
        Path backup = folder.resolve("monday.db");
        try (TestStore place = engine.fresh();
                TestStore restored = engine.fresh()) {
            Cli store = Cli.on(place.url());
            store.run("put", "a", "1", "b", "2", "--time", "1").done();
            store.run("put", "a", "3", "--time", "2").done();
            store.run("index", "none").done();
            JsonNode made =
                    store.run("backup", backup.toString(), "--json").done().json();
            assertEquals(2, made.get("revisions").asInt());
            String head = made.get("head").asText();
            assertEquals(
                    head,
                    store.run("log", "--limit", "1", "--json")
                            .done()
                            .json()
                            .get("hash")
                            .asText());
            try (Stream<Path> files = Files.list(folder)) {
                assertEquals(List.of(backup), files.toList(), "nothing is left beside it");
            }
            assertTrue(store.run("backup", backup.toString()).refusal(2).contains("there is a file already"));
            Cli file = Cli.on(backup.toString());
            file.run("fsck").done();
            String other = file.run("copy", "--to", restored.url(), "--head", "00".repeat(32))
                    .refusal(3);
            assertTrue(other.contains("expected hash 0000") && other.contains(head), other);
            file.run("copy", "--to", restored.url(), "--head", head).done();
            assertEquals("3\n", Cli.on(restored.url()).run("get", "a").done().out());
            assertEquals(
                    "1\n",
                    Cli.on(restored.url()).run("get", "a", "--at", "1").done().out());
            assertEquals(
                    "none",
                    Cli.on(restored.url())
                            .run("index", "leaves", "--json")
                            .json()
                            .get("before")
                            .asText());
        }
    }

    @Test
    void aCopyToItselfIsMisuse() {
        String place = folder.resolve("a.db").toString();
        Cli.on(place).run("put", "a", "1").done();
        String refusal = Cli.on(place).run("copy", "--to", folder + "/./a.db").refusal(2);
        assertTrue(refusal.startsWith("expected another place"), refusal);
    }

    @Test
    void aStoreOfAnotherKindIsRefused() {
        String place = folder.resolve("a.db").toString();
        String other = folder.resolve("b.db").toString();
        Cli.on(place).run("put", "a", "1").done();
        Cli.on(other).run("init", "--keys", "uint").done();
        String refusal = Cli.on(place).run("copy", "--to", other).refusal(3);
        assertTrue(refusal.contains("it is made with sha256 and uint keys"), refusal);
        assertFalse(refusal.contains("revision"), refusal);
    }
}
