package org.dacite.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.dacite.hashing.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published proofs of the known log: what outside provers make, and outside verifiers accept. */
class LogProofVectorsTest {
    private static final String LEAF_0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
    private static final String LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    private static final String LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    private static final String ENTRIES_0_1 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
    private static final String ENTRIES_2_3 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    private static final String ENTRIES_4_5 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
    private static final String ENTRIES_6_7 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    private static final String ENTRIES_0_3 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
    private static final String ENTRIES_4_7 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    private static final String SPACE = " ";

    private static final Verification HOLDS = new Verification.Holds();
    private static final StoredLog LOG = KnownLog.stored();

    private static List<Digest> digests(String path) {
        return Arrays.stream(path.split(SPACE, -1))
                .filter(each -> !each.isEmpty())
                .map(Digest::parse)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, ''",
        "1, 2, " + LEAF_0,
        "0, 8, " + LEAF_1 + SPACE + ENTRIES_2_3 + SPACE + ENTRIES_4_7,
        "5, 8, " + LEAF_4 + SPACE + ENTRIES_6_7 + SPACE + ENTRIES_0_3,
        "2, 3, " + ENTRIES_0_1,
        "1, 5, " + LEAF_0 + SPACE + ENTRIES_2_3 + SPACE + LEAF_4,
    })
    void inclusion(int index, int size, String path) {
        InclusionProof proof = LOG.inclusion(index, size);
        assertEquals(digests(path), proof.path());
        assertEquals(HOLDS, proof.verify(KnownLog.entry(index), KnownLog.root(size)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, ''",
        "1, 8, " + LEAF_1 + SPACE + ENTRIES_2_3 + SPACE + ENTRIES_4_7,
        "6, 8, " + ENTRIES_4_5 + SPACE + ENTRIES_6_7 + SPACE + ENTRIES_0_3,
        "2, 5, " + ENTRIES_2_3 + SPACE + LEAF_4,
    })
    void consistency(int first, int second, String path) {
        ConsistencyProof proof = LOG.consistency(first, second);
        assertEquals(digests(path), proof.path());
        assertEquals(HOLDS, proof.verify(KnownLog.root(first), KnownLog.root(second)));
    }

    @Test
    void aLeafHashDoesForTheEntry() {
        InclusionProof proof = LOG.inclusion(4, 8);
        assertEquals(HOLDS, proof.verifyLeaf(Digest.parse(LEAF_4), KnownLog.root(8)));
    }
}
