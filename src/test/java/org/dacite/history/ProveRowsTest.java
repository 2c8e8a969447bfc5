package org.dacite.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.dacite.bits.KeyCodec;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.Digest;
import org.dacite.proof.IncompleteTree;
import org.dacite.proof.ProofFormatException;
import org.dacite.proof.ProofMismatchException;
import org.dacite.proof.RowSelection;
import org.dacite.proof.RowsProof;
import org.dacite.proof.UnprovenRowsException;
import org.dacite.store.Settings;
import org.junit.jupiter.api.Test;

/** Proofs of rows show all of them, in any tree and any range, and whoever leaves one out is found. */
class ProveRowsTest {
    private static final KeyCodec BYTES = KeyCodec.bytes();

    /** All strings of up to two letters, of which none in a set begins another: bounds and keys meet in every way. */
    private static final List<String> BOUNDS = List.of(
            "",
            "00",
            "0000",
            "0001",
            "00ff",
            "01",
            "0100",
            "01000000",
            "0101",
            "010101",
            "01ff",
            "80",
            "8000",
            "ff",
            "ff00",
            "ffff");

    @Test
    void everyRangeOfEveryTreeIsProvedWhole() {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url(), Settings.defaults().withKeyCodec("bytes"))) {
            for (long seed = 0; seed < 12; seed++) {
                Map<String, String> map = prefixFree(new Random(seed));
                boolean inner = seed % 3 == 2;
                dacite.branch("main").commit("anew", batch -> {
                    dacite.head()
                            .scan()
                            .forEach(entry -> batch.delete(
                                    entry.trees().isEmpty()
                                            ? entry.key()
                                            : entry.trees().get(0)));
                    Batch target = inner ? batch.tree(hex("55")) : batch;
                    map.forEach((key, value) -> target.put(hex(key), value.getBytes(UTF_8)));
                    batch.put(hex("54"), hex("00"));
                    batch.tree(hex("56")).put(hex("01"), hex("00"));
                });
                if (!inner) {
                    map.put("54", "\0");
                }
                try (Snapshot state = dacite.head()) {
                    List<byte[]> trees = inner ? List.of(hex("55")) : List.of();
                    everyRange(state, trees, map, "seed " + seed);
                }
            }
        }
    }

    private static void everyRange(Snapshot state, List<byte[]> trees, Map<String, String> map, String seed) {
        for (String from : BOUNDS) {
            for (String to : BOUNDS) {
                RowSelection selection = RowSelection.ofRange(BYTES, trees, hex(from), to.isEmpty() ? null : hex(to));
                RowsProof proof = state.proveRows(selection, "");
                List<String> rows = RowsProof.parse(proof.bytes()).verify(state.root()).stream()
                        .map(row -> HexFormat.of().formatHex(row.key()) + "=" + new String(row.value(), UTF_8))
                        .toList();
                List<String> expected = new ArrayList<>();
                map.forEach((key, value) -> {
                    if (key.compareTo(from) >= 0 && (to.isEmpty() || key.compareTo(to) < 0)) {
                        expected.add(key + "=" + value);
                    }
                });
                assertEquals(expected, rows, seed + ", from '" + from + "' to '" + to + "'");
            }
        }
    }

    private static Map<String, String> prefixFree(Random random) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < random.nextInt(12); i++) {
            String key = BOUNDS.get(1 + random.nextInt(BOUNDS.size() - 1));
            if (map.keySet().stream().noneMatch(other -> other.startsWith(key) || key.startsWith(other))) {
                map.put(key, "v" + i);
            }
        }
        return map;
    }

    @Test
    void aRowThatIsLeftOutIsMissed() {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            dacite.branch("main").commit("first", batch -> {
                for (int i = 100; i < 200; i++) {
                    batch.put("k" + i, "v" + i);
                }
                batch.tree("t").put("x", "1");
            });
            try (Snapshot state = dacite.head()) {
                Digest root = state.root();
                RowSelection wide = range("k110", "k120");
                for (RowSelection narrow :
                        List.of(range("k110", "k119"), range("k111", "k120"), range("k113", "k114"), range("a", "b"))) {
                    IncompleteTree shown = state.proveRange(
                            user(narrow.from()), user(narrow.to().orElseThrow()));
                    assertThrows(
                            UnprovenRowsException.class,
                            () -> RowsProof.of(wide, "", shown).verify(root));
                }
                RowSelection two = RowSelection.ofKeys(
                        dacite.codec(), List.of(), List.of(dacite.key("k110"), dacite.key("nothing")));
                assertEquals(1, state.proveRows(two, "").verify(root).size());
                assertThrows(
                        UnprovenRowsException.class,
                        () -> RowsProof.of(two, "", state.prove("nothing")).verify(root));
                RowSelection inner = RowSelection.ofRange(dacite.codec(), List.of(dacite.key("t")), new byte[0], null);
                assertThrows(
                        UnprovenRowsException.class,
                        () -> RowsProof.of(inner, "", state.prove("t")).verify(root));
                assertThrows(
                        ProofMismatchException.class,
                        () -> state.proveRows(inner, "")
                                .verify(dacite.emptyTree().top() == 0 ? other(root) : root));
            }
        }
    }

    @Test
    void bytesThatAreNoProofAreRefusedAtTheByte() {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            dacite.branch("main").commit("first", batch -> batch.put("a", "1").put("b", "2"));
            byte[] bytes;
            try (Snapshot state = dacite.head()) {
                bytes = state.proveRows(
                                RowSelection.ofKeys(
                                        dacite.codec(), List.of(), List.of(dacite.key("a"), dacite.key("c"))),
                                "csv key")
                        .bytes();
            }
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                ProofFormatException refused =
                        assertThrows(ProofFormatException.class, () -> RowsProof.parse(cut), "cut at " + length);
                assertTrue(refused.position() <= length);
            }
            byte[] swapped = bytes.clone();
            int first = 4 + 1 + 1 + 1 + "csv key".length() + 1 + 1 + 1 + 1;
            swapped[first] = 'c';
            swapped[first + 2] = 'a';
            assertEquals('a', bytes[first]);
            assertThrows(ProofFormatException.class, () -> RowsProof.parse(swapped));
            assertThrows(ProofFormatException.class, () -> RowsProof.parse(Arrays.copyOf(bytes, bytes.length + 1)));
        }
    }

    private static RowSelection range(String from, String to) {
        KeyCodec text = KeyCodec.text();
        return RowSelection.ofRange(text, List.of(), text.canonical(text.parse(from)), text.canonical(text.parse(to)));
    }

    private static byte[] user(byte[] canonical) {
        return KeyCodec.text().user(canonical);
    }

    private static Digest other(Digest root) {
        byte[] bytes = root.bytes();
        bytes[0] ^= 1;
        return Digest.of(bytes);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
