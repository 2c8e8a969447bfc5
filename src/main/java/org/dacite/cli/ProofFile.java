package org.dacite.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
        try {
            return new ProofFile(name == null ? null : Path.of(name));
        } catch (InvalidPathException e) {
            throw new UsageException("expected a file name after -o, got '" + name + "': " + e.getReason(), e);
        }
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
            write(file, proof);
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

    private static void write(Path target, byte[] bytes) {
        Path folder = target.toAbsolutePath().getParent();
        if (Files.isDirectory(target)) {
            throw new UsageException("expected a file name after -o, got the folder '" + target + "'");
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException("expected a folder at '" + folder + "' to write the proof into, found none");
        }
        try {
            Files.write(target, bytes);
        } catch (AccessDeniedException e) {
            throw new UsageException(
                    "expected a file that can be written at '" + target + "', but permission was denied", e);
        } catch (IOException e) {
            String reason = e instanceof FileSystemException file
                    ? String.valueOf(file.getReason()).replaceFirst("^null$", "no file can be made there")
                    : e.getMessage();
            throw new Console.UnwritableException("the proof to '" + target + "'", reason, e);
        }
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
