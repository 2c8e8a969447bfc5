package org.dacite.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The revisions that the stores of this process lease on one SQLite file, shown to other processes in the file
 * {@code STORE-leases}: it stays empty, a shared lock on the byte of number N is a lease on revision N, and an exclusive one
 * on byte 0 the turn of the one pruner. Locks die with their process, and the last process to leave takes the file away.
 *
 * <p>Locks belong to the whole process, and closing any channel of the file drops them all. So there is one of these, and one
 * channel, for each file in a process. In a folder that cannot be written there is no file, and no other process sees the
 * leases: reading goes on. Any thread.
 */
final class LeaseFile {
    private static final Map<Path, LeaseFile> OPEN = new HashMap<>();
    private static final Object NONE = new Object();
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int ATTEMPTS = 100;

    private final Path store;
    private final Path file;
    private final Map<Long, Held> held = new HashMap<>();
    private FileLock turn;
    private FileChannel channel;
    private Object key;
    private boolean writable;
    private int users;

    /** How often this process leases a revision, with its lock; null where there is no file. */
    private static final class Held {
        int count = 1;
        FileLock lock;
    }

    private LeaseFile(Path store) {
        this.store = store;
        this.file = Path.of(store + "-leases");
    }

    /** That of a store; whoever got it closes it. */
    static LeaseFile of(Path store) {
        Path real = real(store);
        synchronized (OPEN) {
            LeaseFile leases = OPEN.computeIfAbsent(real, LeaseFile::new);
            leases.users++;
            return leases;
        }
    }

    /** One name for one file, though it may still be to come. */
    private static Path real(Path store) {
        try {
            return Files.exists(store)
                    ? store.toRealPath()
                    : store.getParent().toRealPath().resolve(store.getFileName());
        } catch (IOException e) {
            return store;
        }
    }

    /** Leases a revision; one that threw is released like any other. */
    synchronized void take(long revision) {
        Held found = held.get(revision);
        if (found != null) {
            found.count++;
            return;
        }
        Held taken = new Held();
        held.put(revision, taken);
        try {
            do {
                open(true); // which locks what is held
                if (channel != null && taken.lock == null) {
                    taken.lock = share(revision);
                }
            } while (!current());
        } catch (IOException e) {
            // reading goes on, unseen by others
        }
    }

    synchronized void release(long revision) {
        Held found = held.get(revision);
        if (found == null || --found.count > 0) {
            return;
        }
        held.remove(revision);
        try {
            if (found.lock != null) {
                found.lock.release();
            }
        } catch (IOException e) {
            // the channel is closed, and the lock gone with it
        }
    }

    /** Takes the turn of the one pruner, a lock on byte 0 that ends with its process; false when somebody has it. */
    synchronized boolean takeTurn() {
        if (turn != null) {
            return false;
        }
        try {
            do {
                open(true);
                turn = writable ? tryTurn() : null;
            } while (!current());
            if (!writable) {
                throw unwritable(null);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
        return turn != null;
    }

    /** Another process locks the whole file for a moment when it leaves. */
    private FileLock tryTurn() throws IOException {
        FileLock lock = null;
        try {
            for (int i = 0; i < ATTEMPTS && lock == null; i++) {
                lock = channel.tryLock(0, 1, false);
                if (lock == null) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (OverlappingFileLockException e) {
            return null; // another class loader has these classes too, and prunes
        }
        return lock;
    }

    synchronized void endTurn() {
        FileLock ending = turn;
        turn = null;
        try {
            if (ending != null) {
                ending.release();
            }
        } catch (IOException e) {
            // the channel is closed, and the lock gone with it
        }
    }

    /** Those of the candidates that this or another process leases. */
    synchronized Set<Long> leased(Set<Long> candidates) {
        Set<Long> leased = new HashSet<>();
        long[] others = candidates.stream().mapToLong(Long::longValue).sorted().toArray();
        try {
            do {
                leased.clear();
                open(false);
                if (channel != null && !writable) {
                    throw unwritable(null);
                }
                if (channel != null) {
                    probe(others, 0, others.length, leased);
                }
            } while (!current());
        } catch (IOException e) {
            throw unwritable(e);
        }
        held.keySet().stream().filter(candidates::contains).forEach(leased::add);
        return leased;
    }

    private StoreException unwritable(IOException cause) {
        return new StoreException(
                "expected to see in " + file + " which revisions others read, but that failed"
                        + (cause == null ? "" : ": " + cause.getMessage()) + "; check the file's permissions",
                cause);
    }

    /** Halves a range of candidates until no other process has a lock in it, or it is one that another has. */
    private void probe(long[] sorted, int from, int to, Set<Long> leased) throws IOException {
        if (from == to || (to - from == 1 && held.containsKey(sorted[from]))) {
            return;
        }
        if (exclude(sorted[from], sorted[to - 1] + 1 - sorted[from])) {
            return;
        }
        if (to - from > 1) {
            int middle = (from + to) >>> 1;
            probe(sorted, from, middle, leased);
            probe(sorted, middle, to, leased);
        } else if (leased(sorted[from])) {
            leased.add(sorted[from]);
        }
    }

    /** Whether nobody has a lock in a range; those of this process count too. */
    private boolean exclude(long from, long size) throws IOException {
        try (FileLock lock = channel.tryLock(from, size, false)) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Tells a lease from a look like this one, which another process has for a moment. */
    private boolean leased(long revision) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            try (FileLock shared = channel.tryLock(revision, 1, true)) {
                if (shared != null) {
                    return true;
                }
            } catch (OverlappingFileLockException e) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (exclude(revision, 1)) {
                return false;
            }
        }
        return true;
    }

    /** Waits while another process looks; never by {@code lock}, which closes the channel when its thread is interrupted. */
    private FileLock share(long revision) throws IOException {
        long start = System.nanoTime();
        while (true) {
            try {
                FileLock lock = channel.tryLock(revision, 1, true);
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                return null; // another class loader has these classes too, and leases the same
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new StoreException("expected to lease revision " + revision + " in " + file
                        + ", but another process has locked the file; end that process");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Opens the file, unless it is, or there is none and none shall be made; and locks what is held. */
    private void open(boolean make) throws IOException {
        while (channel == null) {
            if (make) {
                make();
            }
            Object before = keyOfPath();
            if (before == NONE) {
                if (!make) {
                    return;
                }
                continue;
            }
            writable = Files.isWritable(file);
            try {
                channel = writable
                        ? FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)
                        : FileChannel.open(file, StandardOpenOption.READ);
            } catch (NoSuchFileException e) {
                continue;
            }
            key = before;
            if (!current()) {
                continue;
            }
            for (Map.Entry<Long, Held> each : held.entrySet()) {
                each.getValue().lock = share(each.getKey());
            }
        }
    }

    /** Makes the file, for whoever may use the store. */
    private void make() throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            return;
        }
        try {
            Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(store));
        } catch (IOException | UnsupportedOperationException e) {
            // a file system without them
        }
    }

    /** Whether the path still names the file that is open, or none is; lets go of one that was taken away. */
    private boolean current() throws IOException {
        if (channel == null || Objects.equals(key, keyOfPath())) {
            return true;
        }
        drop();
        return false;
    }

    /** What tells the file from others, null where the system tells nothing, {@link #NONE} where there is no file. */
    private Object keyOfPath() throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return NONE;
        }
    }

    private void drop() {
        turn = null;
        held.values().forEach(each -> each.lock = null);
        FileChannel closing = channel;
        channel = null;
        try {
            closing.close();
        } catch (IOException e) {
            // nothing was written
        }
    }

    /** Lets go of it; with its last user in the last process the file goes. */
    void close() {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(store, this);
                leave();
            }
        }
    }

    /** Who holds a lock in a file that is the one of the path keeps it there: to delete takes all locks. */
    private synchronized void leave() {
        if (channel == null) {
            return;
        }
        try (FileLock all = writable ? channel.tryLock(0, Long.MAX_VALUE, false) : null) {
            if (all != null && Objects.equals(key, keyOfPath())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // it stays, and is in nobody's way: what counts are the locks
        } finally {
            drop();
        }
    }
}
