package org.dacite.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of the command line as they were typed. In a locale without an encoding, such as {@code C}, Java loses what is
 * not ASCII; a key or a value must not get lost like that, so the words are read again where the system keeps them.
 */
final class Arguments {
    private static final char LOST = '\ufffd';
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private Arguments() {}

    /** The words that Java was given, as UTF-8 where Java could not read them. */
    static String[] read(String[] args) {
        boolean whole = true;
        for (String arg : args) {
            whole &= arg.indexOf(LOST) < 0;
        }
        if (whole || !Files.isReadable(COMMAND_LINE)) {
            return args;
        }
        try {
            return last(args.length, Files.readAllBytes(COMMAND_LINE));
        } catch (IOException e) {
            throw new UsageException("expected arguments in UTF-8, got others; set LC_ALL=C.UTF-8", e);
        }
    }

    /** The last so many of the words that a NUL ends each. */
    static String[] last(int count, byte[] commandLine) throws CharacterCodingException {
        List<ByteBuffer> words = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < commandLine.length; at++) {
            if (commandLine[at] == 0) {
                words.add(ByteBuffer.wrap(commandLine, from, at - from));
                from = at + 1;
            }
        }
        String[] last = new String[count];
        for (int i = 0; i < count; i++) {
            last[i] = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(words.get(words.size() - count + i))
                    .toString();
        }
        return last;
    }
}
