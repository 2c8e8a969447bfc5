package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void theLastWordsAreThoseOfTheCommand() throws CharacterCodingException {
        byte[] line = "java\0-jar\0dacite.jar\0put\0grün\0\0".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(new String[] {"put", "grün", ""}, Arguments.last(3, line));
        assertThrows(CharacterCodingException.class, () -> Arguments.last(1, new byte[] {'a', 0, (byte) 0xff, 0}));
    }

    @Test
    void noLetterIsLostInALocaleWithoutAnEncoding() throws Exception {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "grün", "ü☃").done();
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "org.dacite.cli.Main",
                    "get",
                    "grün",
                    "--store",
                    place.url());
            builder.environment().put("LC_ALL", "C");
            Process process = builder.redirectErrorStream(true).start();
            assertEquals("ü☃\n", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            process.waitFor(1, TimeUnit.MINUTES);
            assertEquals(ExitCode.DONE, process.exitValue());
        }
    }
}
