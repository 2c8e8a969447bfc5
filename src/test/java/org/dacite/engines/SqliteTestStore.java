package org.dacite.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is deleted with all that the engine put beside the file. */
record SqliteTestStore(Path folder) implements TestStore {
    @Override
    public String url() {
        return folder.resolve("test.db").toString();
    }

    @Override
    public Connection plain() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + url());
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
            throw new UncheckedIOException(e);
        }
    }
}
