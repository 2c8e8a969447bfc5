package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proof of keys that are not what {@code check} takes them for says nothing, least of all that a key is absent. */
class SeenCodecsTest {
    @TempDir
    private Path folder;

    /** The file of a proof of a key, from a store of a codec; {@code err} is what prove said. */
    private record Proof(String file, String root, String err) {}

    private Proof proof(TestStore place, String codec, String key) {
        Cli cli = Cli.on(place.url());
        cli.run("put", key, "1", "--keys", codec).done();
        String root = cli.run("root").done().out().strip();
        String file = folder.resolve("some.proof").toString();
        Cli.Run proved = cli.run("prove", key, "-o", file);
        assertEquals(ExitCode.DONE, proved.code(), proved.err());
        return new Proof(file, root, proved.err().strip());
    }

    @ParameterizedTest
    @CsvSource({
        "uint, 7, --keys uint or --keys bytes, 0x0000000000000007",
        "hashed, a, --keys hashed or --keys bytes, 0xca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
        "bytes, 0xff, --keys bytes, 0xff"
    })
    void keysOfAnotherCodecAreRefusedAndTheRightOneNamed(String codec, String key, String advice, String hex) {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Proof proof = proof(place, codec, key);
            String refusal =
                    "expected a proof whose keys are text, as they are read without --keys, got one that shows the"
                            + " key " + hex + "; try " + advice;
            for (String[] more : new String[][] {{}, {key}, {key, "--json"}}) {
                Cli.Run run = check(proof, more);
                assertEquals("", run.out());
                assertEquals(refusal, run.refusal(ExitCode.MISUSE));
            }
            assertTrue(check(proof, key, "--keys", codec).done().out().contains("present"));
        }
    }

    @Test
    void aChosenCodecThatDoesNotFitIsRefusedToo() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Proof proof = proof(place, "text", "a");
            assertEquals(
                    "expected a proof whose keys are uint, as --keys says, got one that shows the key 0x6100; try --keys text"
                            + " or --keys bytes",
                    check(proof, "7", "--keys", "uint").refusal(ExitCode.MISUSE));
        }
    }

    @Test
    void whatWasAssumedIsSaid() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Proof proof = proof(place, "text", "a");
            String holds = "the proof holds for root " + proof.root;
            assertTrue(check(proof)
                    .done()
                    .lines()
                    .contains(holds + "; keys were read as text, since --keys was not given"));
            assertTrue(check(proof, "--keys", "text").done().lines().contains(holds));
        }
    }

    @Test
    void proveNamesTheCodecThatCheckMustBeTold() {
        try (TestStore text = Engine.SQLITE.fresh();
                TestStore uint = Engine.SQLITE.fresh()) {
            Proof plain = proof(text, "text", "a");
            assertTrue(plain.err.endsWith("for root " + plain.root), plain.err);
            Proof proof = proof(uint, "uint", "7");
            String advice = "; dacite check " + proof.file + " --root " + proof.root + " --keys uint";
            assertTrue(proof.err.endsWith("for root " + proof.root + advice), proof.err);
        }
    }

    @Test
    void namesOfTreesAreKeysToo() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "--tree", "7", "8", "1", "--keys", "uint").done();
            String root = cli.run("root").done().out().strip();
            Path file = folder.resolve("tree.proof");
            cli.run("prove", "7", "-o", file.toString());
            assertTrue(Cli.plain("check", file.toString(), "--root", root, "7")
                    .refusal(ExitCode.MISUSE)
                    .contains("try --keys uint"));
        }
    }

    private static Cli.Run check(Proof proof, String... more) {
        String[] all = new String[4 + more.length];
        System.arraycopy(new String[] {"check", proof.file, "--root", proof.root}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return Cli.plain(all);
    }
}
