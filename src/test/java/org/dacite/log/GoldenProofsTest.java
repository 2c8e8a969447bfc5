package org.dacite.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.dacite.hashing.Digest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The good and bad proofs on disk, which any implementation can be held to.
 *
 * <p>{@code -Ddacite.log.write=true} writes them first.
 */
class GoldenProofsTest {
    private static final Path FOLDER = Path.of("src/test/resources/log");
    private static final Path INCLUSION = FOLDER.resolve("inclusion.tsv");
    private static final Path CONSISTENCY = FOLDER.resolve("consistency.tsv");
    private static final boolean WRITE = Boolean.getBoolean("dacite.log.write");

    /** A line: how it ends, what it is, what it is checked against, and the bytes of the proof. */
    record Golden(String outcome, String what, String one, String other, byte[] proof) {
        private static Golden parse(String line) {
            String[] parts = line.split("\t", -1);
            return new Golden(
                    parts[0], parts[1], parts[2], parts[3], HexFormat.of().parseHex(parts[4]));
        }

        @Override
        public String toString() {
            return outcome + ": " + what;
        }
    }

    @BeforeAll
    static void write() throws IOException {
        if (WRITE) {
            Files.createDirectories(FOLDER);
            Files.writeString(INCLUSION, GoldenProofs.inclusion());
            Files.writeString(CONSISTENCY, GoldenProofs.consistency());
        }
    }

    static Stream<Golden> inclusions() throws IOException {
        return read(INCLUSION);
    }

    static Stream<Golden> consistencies() throws IOException {
        return read(CONSISTENCY);
    }

    private static Stream<Golden> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Golden::parse);
    }

    @ParameterizedTest
    @MethodSource("inclusions")
    void inclusion(Golden golden) {
        assertEquals(golden.outcome(), outcome(golden, proof -> {
            byte[] entry = HexFormat.of().parseHex(golden.one());
            return assertInstanceOf(InclusionProof.class, proof).verify(entry, Digest.parse(golden.other()));
        }));
    }

    @ParameterizedTest
    @MethodSource("consistencies")
    void consistency(Golden golden) {
        assertEquals(
                golden.outcome(),
                outcome(
                        golden,
                        proof -> assertInstanceOf(ConsistencyProof.class, proof)
                                .verify(Digest.parse(golden.one()), Digest.parse(golden.other()))));
    }

    @Test
    void areWhatTheReferenceMakes() throws IOException {
        assertEquals(GoldenProofs.inclusion(), Files.readString(INCLUSION));
        assertEquals(GoldenProofs.consistency(), Files.readString(CONSISTENCY));
    }

    private interface Check {
        Verification of(LogProof proof);
    }

    private static String outcome(Golden golden, Check check) {
        try {
            return check.of(LogProof.parse(golden.proof())).holds() ? GoldenProofs.HOLDS : GoldenProofs.FAILS;
        } catch (LogProofFormatException refused) {
            return GoldenProofs.REFUSED + refused.position();
        }
    }
}
