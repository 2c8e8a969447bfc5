package org.dacite.moves;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.store.IndexLevel;
import org.dacite.store.Settings;
import org.dacite.store.Store;
import org.dacite.store.StoreException;
import org.dacite.store.Sweep;
import org.dacite.store.Transfer;
import org.dacite.store.UnfinishedFile;

/** Copies of whole stores: on any engine, while the original is written, with every hash made anew. */
public final class Copy {
    private Copy() {}

    /**
     * Makes the store at a path or URL what another is, and moves only what is not there yet; makes it when there is none. A
     * {@link StoreException} when what is there is no earlier copy.
     *
     * @param settings how the destination is opened; the original says how it is made
     * @param progress told how far it is, in OIDs
     */
    public static Transfer.Report run(
            Dacite original, String where, Settings settings, Consumer<Sweep.Progress> progress) {
        Store from = original.store();
        Settings as = settings.withCreate(true)
                .withReadOnly(false)
                .withHash(from.format().hash())
                .withKeyCodec(from.format().keyCodec())
                .withIndexes(IndexLevel.NONE);
        try (Store to = Store.open(where, as)) {
            requireOther(from, to);
            return Transfer.run(from, to, new CarriedHashes(from), Transfer.ROWS_A_TRANSACTION, progress);
        }
    }

    private static void requireOther(Store from, Store to) {
        boolean same = from.place().equals(to.place());
        try {
            same |= from.engine().equals("sqlite")
                    && to.engine().equals("sqlite")
                    && Files.isSameFile(Path.of(from.place()), Path.of(to.place()));
        } catch (IOException e) {
            // it was taken away, so it is not the other one
        }
        if (same) {
            throw new IllegalArgumentException(
                    "expected another place than the store's own, " + from.place() + ", got the same");
        }
    }

    /**
     * Copies a store into a new file, which is there whole or not at all. It is an SQLite store: it is opened, checked and copied
     * back like any other.
     */
    public static Transfer.Report backup(
            Dacite original, Path file, Settings settings, Consumer<Sweep.Progress> progress) throws IOException {
        Path target = file.toAbsolutePath();
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(
                    file.toString(), null, "there is a file already; name another, or take it away first");
        }
        try (UnfinishedFile unfinished = UnfinishedFile.begin(target).orElseThrow(() -> inUse(file))) {
            Path path = unfinished.path();
            Transfer.Report report = run(original, path.toString(), settings, progress);
            if (Files.exists(Path.of(path + "-wal"))) {
                throw new StoreException("expected the backup at " + path
                        + " in one file, but another process has it open; end that process");
            }
            unfinished.publish();
            return report;
        }
    }

    private static StoreException inUse(Path file) {
        return new StoreException("expected to be the one that makes " + file
                + ", but another process or thread does so; wait for its end, or name another file");
    }

    /** Refuses an original whose branch does not stand at the revision of this hash. */
    public static void requireHead(Dacite original, String branch, Digest hash) {
        Digest found = original.branch(branch).getHead().hash();
        if (!found.equals(hash)) {
            throw new StoreException("expected hash " + hash + " at the head of '" + branch + "' of "
                    + original.store().place() + ", got " + found + "; this is not the store that was meant");
        }
    }
}
