package org.dacite.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.dacite.store.Store;
import org.dacite.store.StoreException;
import org.dacite.store.StoreFormat;
import org.dacite.store.Synchronous;

/** Opens the store that a session is about, and finds what its options name in it. */
final class Stores {
    private static final long MEBIBYTE = 1 << 20;
    private static final long MAX_CACHE_MEBIBYTES = 1 << 20;

    private Stores() {}

    static Dacite toRead(Session session) {
        return toRead(session, session.place());
    }

    /** The same for a store at another place. */
    static Dacite toRead(Session session, String place) {
        return Dacite.open(place, settings(session).withCreate(false).withReadOnly(true));
    }

    static Dacite toWrite(Session session) {
        return Dacite.open(session.place(), settings(session).withCreate(false));
    }

    /**
     * Opens the store, or makes it as the options say, and works on it. When that fails before anything was committed, a
     * store file that was made for it is removed again.
     */
    static void fill(Session session, MakeOptions make, Consumer<Dacite> work) {
        boolean isNew = !Store.exists(session.place());
        Path unused = null;
        try (Dacite dacite = toFill(session, make)) {
            try {
                work.accept(dacite);
            } catch (RuntimeException | Error e) {
                unused = isNew ? unused(dacite) : null;
                throw e;
            }
        } finally {
            if (unused != null) {
                remove(unused);
            }
        }
    }

    /** Removes the file of a store that was made for what failed, where there is one and nothing is in it; whether nothing stays. */
    static boolean dropUnused(Session session, String place) {
        try {
            if (!Store.exists(place)) {
                return true;
            }
            Path unused;
            try (Dacite dacite = toRead(session, place)) {
                unused = unused(dacite);
            }
            if (unused != null) {
                remove(unused);
            }
            return unused != null;
        } catch (StoreException e) {
            return false; // what failed first is what is told
        }
    }

    /** The file of a store without a revision or a log of records; null for none, and for a store that is no file. */
    private static Path unused(Dacite dacite) {
        boolean file = dacite.store().engine().equals("sqlite");
        return file
                        && dacite.store().counts().revisions() == 0
                        && dacite.recordLogs().isEmpty()
                ? Path.of(dacite.store().place())
                : null;
    }

    /** Removes a store that nobody has open: the files beside it are there as long as anybody has. */
    private static void remove(Path file) {
        if (Stream.of("-wal", "-shm").anyMatch(suffix -> Files.exists(Path.of(file + suffix)))) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the store; makes it as the options say when there is none, and refuses options that it is not made as. */
    private static Dacite toFill(Session session, MakeOptions make) {
        Dacite dacite = Dacite.open(session.place(), make.applied(settings(session)));
        try {
            make.compare(dacite.store());
            make.settle(dacite);
        } catch (RuntimeException e) {
            dacite.close();
            throw e;
        }
        return dacite;
    }

    /** Makes the store, and refuses when one is there. */
    static Dacite made(Session session, MakeOptions make) {
        if (Store.exists(session.place())) {
            try (Dacite found = toRead(session)) {
                StoreFormat format = found.store().format();
                throw new UsageException("expected no store at " + found.store().place() + " yet, found one of "
                        + format.hash().label() + " with " + format.keyCodec()
                        + " keys; use it as it is, or name another place with --store");
            }
        }
        return Dacite.open(session.place(), make.applied(settings(session)));
    }

    static Settings settings(Session session) {
        Options options = session.options();
        Settings settings = Settings.defaults();
        if (options.waitMillis != null) {
            settings = settings.withLockTimeoutMillis(options.waitMillis);
        }
        if (options.synchronous != null) {
            settings = settings.withSynchronous(Synchronous.labelled(options.synchronous));
        }
        if (options.cacheMebibytes != null) {
            if (options.cacheMebibytes < 1 || options.cacheMebibytes > MAX_CACHE_MEBIBYTES) {
                throw new UsageException(
                        "expected --cache of 1 to " + MAX_CACHE_MEBIBYTES + " MiB, got " + options.cacheMebibytes);
            }
            settings = settings.withCacheBytes(options.cacheMebibytes * MEBIBYTE);
        }
        return settings;
    }

    /** The revision that {@code --at} names, the head of main when it does not; none when nothing was committed. */
    static Optional<Revision> revision(Dacite dacite, String at) {
        return at == null ? dacite.defaultRevision() : Optional.of(dacite.revision(at));
    }

    /** The same, refused when nothing was committed. */
    static Revision committed(Dacite dacite, String at) {
        return revision(dacite, at)
                .orElseThrow(() -> new UsageException(
                        "expected a store with a revision, got one without; 'dacite put' makes one"));
    }

    /** The state that {@code --at} names. Close it: as long as it is open, pruning keeps it. */
    static Snapshot at(Dacite dacite, String at) {
        return at == null ? dacite.head() : dacite.at(dacite.revision(at));
    }

    /** The tree that {@code --tree} names in a state. */
    static Snapshot tree(Snapshot state, Iterable<byte[]> names) {
        Snapshot tree = state;
        for (byte[] name : names) {
            tree = tree.tree(name);
        }
        return tree;
    }
}
