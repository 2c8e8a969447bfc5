package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.dacite.bits.Bits;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.proof.DifferenceProof;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is proved of a difference is the difference, between any two revisions, on both engines. */
class DifferenceProofContractTest {
    private static final HexFormat HEX = HexFormat.of();

    private static List<String> differences(Dacite dacite, Snapshot before, Snapshot after) {
        return before.diff(after)
                .map(each -> line(
                        each.trees().stream().map(dacite.codec()::canonical).toList(),
                        dacite.codec().canonical(each.key()),
                        each.before(),
                        each.after()))
                .toList();
    }

    private static List<String> proven(DifferenceProof proof, Snapshot before, Snapshot after) {
        return DifferenceProof.parse(proof.bytes()).verify(before.root(), after.root()).stream()
                .map(each -> line(
                        each.trees().stream().map(Bits::toKey).toList(),
                        each.key().toKey(),
                        each.before(),
                        each.after()))
                .toList();
    }

    private static String line(List<byte[]> trees, byte[] key, Optional<byte[]> before, Optional<byte[]> after) {
        StringBuilder line = new StringBuilder();
        trees.forEach(tree -> line.append(HEX.formatHex(tree)).append('/'));
        return line.append(HEX.formatHex(key))
                .append(": ")
                .append(before.map(HEX::formatHex).orElse("-"))
                .append(" → ")
                .append(after.map(HEX::formatHex).orElse("-"))
                .toString();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void betweenAnyTwoRevisions(Engine engine) {
        long seed = 51;
        Random random = new Random(seed);
        for (String codec : List.of("text", "hashed")) {
            try (TestStore place = engine.fresh()) {
                Settings settings = Settings.defaults().withKeyCodec(codec);
                List<Revision> line = new ArrayList<>();
                try (Dacite dacite = Dacite.open(place.url(), settings)) {
                    for (int i = 0; i < 10; i++) {
                        line.add(dacite.branch("main").commit("", batch -> change(batch, random)));
                    }
                    Snapshot accounts = dacite.head().tree("accounts");
                    line.add(dacite.branch("main").commit("", batch -> batch.link("copy", accounts)));
                    line.add(dacite.branch("main").commit("", batch -> batch.delete("accounts")));
                }
                for (Revision from : line) {
                    try (Dacite cold = Dacite.open(place.url(), settings)) {
                        for (Revision to : line) {
                            Snapshot before = cold.at(from);
                            Snapshot after = cold.at(to);
                            assertEquals(
                                    differences(cold, before, after),
                                    proven(before.proveDifference(after), before, after),
                                    "seed " + seed + ", codec " + codec + ", from " + from.id() + " to " + to.id());
                        }
                    }
                }
            }
        }
    }

    private static void change(Batch batch, Random random) {
        for (int deed = random.nextInt(15); deed > 0; deed--) {
            Batch tree = switch (random.nextInt(4)) {
                case 0 -> batch.tree("accounts");
                case 1 -> batch.tree("accounts").tree("savings");
                default -> batch;
            };
            String key = "key " + random.nextInt(30);
            if (random.nextInt(3) == 0) {
                tree.delete(key);
            } else {
                tree.put(key, "value " + random.nextInt(3));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void ofLinkedTreesUnderTheirOwnRoots(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Snapshot before = dacite.at(dacite.branch("main").commit("", batch -> {
                batch.put("a", "1");
                batch.tree("t").put("x", "1").put("y", "2");
            }));
            Snapshot after = dacite.at(dacite.branch("main").commit("", batch -> {
                batch.put("a", "2");
                batch.tree("t").put("x", "3");
            }));
            DifferenceProof proof = before.tree("t").proveDifference(after.tree("t"));
            assertEquals(List.of("7800: 31 → 33"), proven(proof, before.tree("t"), after.tree("t")));
            Snapshot nowhere = before.tree("nowhere");
            assertEquals(
                    List.of("7800: - → 33", "7900: - → 32"),
                    proven(nowhere.proveDifference(after.tree("t")), nowhere, after.tree("t")));
            assertEquals(List.of(), proven(nowhere.proveDifference(nowhere), nowhere, nowhere));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void costsWhatDiffers(Engine engine) {
        int leaves = 5_000;
        Settings settings = Settings.defaults().withKeyCodec("bytes");
        try (TestStore place = engine.fresh()) {
            Revision before;
            Revision after;
            try (Dacite dacite = Dacite.open(place.url(), settings)) {
                before = dacite.branch("main").commit("load", batch -> {
                    for (int i = 0; i < leaves; i++) {
                        batch.put(key(i), new byte[] {1});
                    }
                });
                after = dacite.branch("main")
                        .commit(
                                "three",
                                batch -> batch.put(key(7), new byte[] {2})
                                        .delete(key(8))
                                        .put(key(leaves), new byte[] {3}));
            }
            try (Dacite cold = Dacite.open(place.url(), settings)) {
                DifferenceProof proof = cold.at(before).proveDifference(cold.at(after));
                assertEquals(3, proof.verify(before.root(), after.root()).size());
                assertTrue(proof.sizeBytes() < 6_000, "got " + proof.sizeBytes());
                long rows = cold.store().counters().rowsRead();
                assertTrue(rows < 400, "the paths of both trees with what is beside them, got " + rows);
            }
        }
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(8).putLong(number * 0x9E3779B97F4A7C15L).array();
    }
}
