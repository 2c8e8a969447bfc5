package org.dacite.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.dacite.history.Dacite;
import org.dacite.store.StoreException;

/** A folder with the SQLite files of both sides, and of the floor. */
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
            Files.createDirectory(folder.resolve("floor"));
            return new FolderPlace(folder);
        } catch (IOException e) {
            throw failed("to work in " + parent, e);
        }
    }

    @Override
    public String daciteStore() {
        return store("dacite").toString();
    }

    @Override
    public DaciteSide dacite(BenchOptions options) {
        return new DaciteSide(daciteStore(), options);
    }

    @Override
    public PlainSide plain(BenchOptions options) {
        return PlainSqlite.in(store("plain"), options);
    }

    @Override
    public StateTables stateTables(BenchOptions options, long revision) {
        return StateTables.sqlite(store("dacite"), store("plain"), options.synchronous(), revision);
    }

    @Override
    public Floor floor(BenchOptions options) {
        Dacite.open(store("floor").toString(), options.settings()).close(); // makes the tables
        return Floor.of(
                () -> DriverManager.getConnection("jdbc:sqlite:" + store("dacite")),
                () -> PlainSqlite.connect(store("floor"), options.synchronous()),
                options.hash());
    }

    private Path store(String part) {
        return folder.resolve(part).resolve("store.db");
    }

    @Override
    public long daciteBytes() {
        return bytes("dacite");
    }

    @Override
    public long plainBytes() {
        return bytes("plain");
    }

    /** By pages, so that those which still stand in the write-ahead log count once. */
    private long bytes(String part) {
        return PlainSide.attempt(() -> {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store(part));
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select page_count * page_size from pragma_page_count, pragma_page_size")) {
                row.next();
                return row.getLong(1);
            }
        });
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
