package org.dacite.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/** Where a proof goes, {@code -o FILE} or standard output, and where one comes from. */
final class ProofFile {
    private final Path file;

    private ProofFile(Path file) {
        this.file = file;
    }

    /** The file of that name, standard output for null; refuses to write bytes to a terminal. */
    static ProofFile target(Session session, String name) {
        if (name == null && !session.json() && session.console().outIsTerminal()) {
            throw new UsageException(
                    "expected -o FILE, since a proof is bytes and standard output is a terminal, got none; or use --json");
        }
        return new ProofFile(name == null ? null : OutputFile.named(name));
    }

    /** Whether it is a file, not standard output. */
    boolean isFile() {
        return file != null;
    }

    /**
     * Writes the proof. With {@code --json} the answer is the document and, behind its members, the proof itself or the file
     * with its size; otherwise a remark.
     */
    void write(Session session, byte[] proof, Json document, String remark) {
        if (file != null) {
            OutputFile.write(file, "the proof", proof);
        }
        if (session.json()) {
            session.line(
                    file == null
                            ? document.with("proof", "0x" + HexFormat.of().formatHex(proof))
                            : document.with("bytes", proof.length).with("file", file));
            return;
        }
        if (file == null) {
            session.console().write(proof);
        }
        session.remark(remark);
    }

    /** The bytes of a file, of standard input for {@code -}. */
    static byte[] read(Session session, String name) throws IOException {
        if (name.equals("-")) {
            return session.console().in().readAllBytes();
        }
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            return in.readAllBytes();
        } catch (InvalidPathException e) {
            throw new UsageException("expected a file name, got '" + name + "': " + e.getReason(), e);
        } catch (IOException e) {
            throw InputFile.unreadable(name, e);
        }
    }
}
