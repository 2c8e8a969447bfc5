package org.dacite.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where proofs come from and go to: files, and the standard streams. */
final class ProofFile {
    private ProofFile() {}

    /** All bytes of a file; {@code -} is standard input. */
    static byte[] read(Session session, String file) throws IOException {
        if (file.equals("-")) {
            return session.console().in().readAllBytes();
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return in.readAllBytes();
        } catch (InvalidPathException e) {
            throw new UsageException("expected a file name, got '" + file + "': " + e.getReason(), e);
        } catch (IOException e) {
            throw InputFile.unreadable(file, e);
        }
    }

    /** The file that {@code -o} names, null for standard output, which must be no terminal then. */
    static Path target(Session session, String file) {
        if (file == null && !session.json() && session.console().outIsTerminal()) {
            throw new UsageException(
                    "expected -o FILE, since a proof is bytes and standard output is a terminal, got none; or use --json");
        }
        try {
            return file == null ? null : Path.of(file);
        } catch (InvalidPathException e) {
            throw new UsageException("expected a file name after -o, got '" + file + "': " + e.getReason(), e);
        }
    }
}
