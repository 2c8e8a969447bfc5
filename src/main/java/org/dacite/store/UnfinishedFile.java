package org.dacite.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * A store file while it is made: beside its place, by one maker at a time, and at its place whole or not at all. What a maker
 * left that was killed, the next one takes away. For one thread.
 */
public final class UnfinishedFile implements AutoCloseable {
    private static final String SUFFIX = ".dacite-unfinished";
    private static final List<String> PARTS = List.of("", "-wal", "-shm", "-journal", "-leases");

    private final Path place;
    private final Path path;
    private final LeaseFile turns;

    private UnfinishedFile(Path place, LeaseFile turns) {
        this.place = place;
        this.path = Path.of(place + SUFFIX);
        this.turns = turns;
    }

    /** Begins to make the file of a place; empty while another process or thread makes it, or keeps up the store there. */
    public static Optional<UnfinishedFile> begin(Path place) {
        Path absolute = place.toAbsolutePath().normalize();
        LeaseFile turns = LeaseFile.of(absolute);
        boolean taken = false;
        try {
            taken = turns.takeTurn();
        } finally {
            if (!taken) {
                turns.close();
            }
        }
        if (!taken) {
            return Optional.empty();
        }
        UnfinishedFile begun = new UnfinishedFile(absolute, turns);
        try {
            begun.remove();
        } catch (RuntimeException e) {
            begun.endTurn();
            throw e;
        }
        return Optional.of(begun);
    }

    /** Takes away what a killed maker left beside a store, if that can be done: it harms nobody. */
    static void tidy(Path place) {
        try {
            if (Files.exists(Path.of(place + SUFFIX))) {
                begin(place).ifPresent(UnfinishedFile::close);
            }
        } catch (StoreException e) {
            // whoever makes the next file there is told
        }
    }

    /** Where it is made. */
    public Path path() {
        return path;
    }

    /** Puts it at its place, where nothing stands but an empty file. */
    public void publish() throws IOException {
        if (Files.exists(place) && Files.size(place) == 0) {
            Files.move(path, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        try {
            Files.createLink(place, path);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(path, place); // on vfat and exFAT, a file has one name
        }
    }

    /** Leaves nothing beside the place. */
    @Override
    public void close() {
        try {
            remove();
        } finally {
            endTurn();
        }
    }

    private void endTurn() {
        turns.endTurn();
        turns.close();
    }

    private void remove() {
        for (String part : PARTS) {
            Path file = Path.of(path + part);
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new StoreException(
                        "expected to delete " + file
                                + ", where a store is made before it is moved to its place, but that failed: "
                                + SqliteFile.reason(e) + "; delete it yourself",
                        e);
            }
        }
    }
}
