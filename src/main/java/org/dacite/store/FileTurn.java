package org.dacite.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A turn that only one thread of all processes can have, by a lock on a file; it ends with its process. */
final class FileTurn implements Turn {
    private final Path file;
    private final FileChannel channel;

    private FileTurn(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the turn, or says {@code taken} when another has it. */
    static FileTurn take(Path file, String taken) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new FileTurn(file, channel);
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            close(channel);
        } catch (IOException e) {
            close(channel);
            throw new StoreException(
                    "expected to write " + file + ", but that failed: " + e.getMessage()
                            + "; check the folder's permissions and space",
                    e);
        }
        throw new StoreException(taken);
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new StoreException("expected to close a file, but that failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void end() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // it stays, and is in nobody's way: what counts is the lock
        } finally {
            close(channel);
        }
    }
}
