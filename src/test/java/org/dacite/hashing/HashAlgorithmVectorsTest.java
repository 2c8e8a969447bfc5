package org.dacite.hashing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Published digests: of nothing, and of "abc" ({@code printf abc | sha256sum}, {@code b2sum -l 256}). */
class HashAlgorithmVectorsTest {
    @ParameterizedTest
    @CsvSource({
        "sha256, '', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "sha256, abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha3-256, '', a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a",
        "sha3-256, abc, 3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
        "blake2b-256, '', 0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8",
        "blake2b-256, abc, bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319",
    })
    void hashesAsPublished(String label, String text, String digest) {
        assertEquals(
                digest, HexFormat.of().formatHex(HashAlgorithm.labelled(label).hash(text.getBytes(UTF_8))));
    }

    @ParameterizedTest
    @CsvSource({"sha256, 1", "sha3-256, 2", "blake2b-256, 3"})
    void hasItsByteInThePackedForm(String label, int code) {
        assertEquals(code, HashAlgorithm.labelled(label).code());
        assertEquals(label, HashAlgorithm.labelled(label).label());
    }

    @ParameterizedTest
    @EnumSource
    void makesDigestsOf32Bytes(HashAlgorithm algorithm) {
        assertEquals(Digest.BYTES, algorithm.newMessageDigest().getDigestLength());
    }

    @Test
    void refusesAnAlgorithmThatIsNone() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> HashAlgorithm.labelled("SHA256"));
        assertEquals(
                "expected a hash algorithm, one of sha256, sha3-256, blake2b-256, got 'SHA256'", refusal.getMessage());
    }
}
