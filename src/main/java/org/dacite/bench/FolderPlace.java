package org.dacite.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.dacite.store.StoreException;

/** A folder with two SQLite files. */
final class FolderPlace implements Place {
    private final Path folder;

    private FolderPlace(Path folder) {
        this.folder = folder;
    }

    /** A new folder in another, empty for the system's own for temporary files. */
    static FolderPlace in(String where) {
        Path parent = Path.of(where.isEmpty() ? System.getProperty("java.io.tmpdir") : where);
        if (!Files.isDirectory(parent)) {
            throw new IllegalArgumentException(
                    "expected a folder to work in at " + parent + ", found none; make it first");
        }
        try {
            Path folder = Files.createTempDirectory(parent, "dacite-bench-");
            Files.createDirectory(folder.resolve("dacite"));
            Files.createDirectory(folder.resolve("plain"));
            return new FolderPlace(folder);
        } catch (IOException e) {
            throw failed("to work in " + parent, e);
        }
    }

    @Override
    public DaciteSide dacite(BenchOptions options) {
        return new DaciteSide(folder.resolve("dacite/store.db").toString(), options);
    }

    @Override
    public PlainSide plain(BenchOptions options) {
        return PlainSqlite.in(folder.resolve("plain/table.db"), options);
    }

    @Override
    public long daciteBytes() {
        return bytes(folder.resolve("dacite"));
    }

    @Override
    public long plainBytes() {
        return bytes(folder.resolve("plain"));
    }

    private static long bytes(Path part) {
        long bytes = 0;
        try (Stream<Path> files = Files.list(part)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw failed("to read the sizes of files in " + part, e);
        }
    }

    @Override
    public void close() {
        try {
            List<Path> deepestFirst;
            try (Stream<Path> found = Files.walk(folder)) {
                deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw failed("to remove " + folder, e);
        }
    }

    private static StoreException failed(String what, IOException e) {
        return new StoreException("expected " + what + ", but that failed: " + e.getMessage(), e);
    }
}
