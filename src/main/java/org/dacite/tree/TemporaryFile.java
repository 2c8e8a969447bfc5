package org.dacite.tree;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Temporary files: where they stand, and what is said when there is no room for them. Stateless. */
public final class TemporaryFile {
    private TemporaryFile() {}

    /** A new one, whose name is gone at once: what it holds goes when it is closed, or with the process. */
    public static FileChannel open() throws IOException {
        Path file = Files.createTempFile(Path.of(System.getProperty("java.io.tmpdir")), "dacite-", ".tmp");
        return FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Says in one sentence why one failed. */
    public static String failure(IOException error) {
        return "expected room for temporary files in " + System.getProperty("java.io.tmpdir") + ", but that failed: "
                + error.getMessage()
                + "; make room there, or name another folder with DACITE_JAVA_OPTS=-Djava.io.tmpdir=…";
    }
}
