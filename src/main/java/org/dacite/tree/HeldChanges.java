package org.dacite.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * What a batch, with all the batches nested in it, holds on the heap: when it comes to more than a bound, all of it moves to
 * a temporary file, each tree's changes as a run of their own. For one thread.
 */
final class HeldChanges implements AutoCloseable {
    /** What a change takes beside its bytes. */
    private static final int CHANGE_BYTES = 90;

    private static final int WINDOW_BYTES = 1 << 16;

    private final long maxBytes;
    private final int window;
    private final List<Changes> holders = new ArrayList<>();
    private ByteBuffer out;
    private FileChannel file;
    private long written;
    private long bytes;
    private long mostBytes;

    /** At most so many bytes on the heap, and merged so many changes at a time. */
    HeldChanges(long maxBytes, int window) {
        this.maxBytes = maxBytes;
        this.window = window;
    }

    /** How many changes a merge takes at once. */
    int window() {
        return window;
    }

    /** The most bytes that were held at once. */
    long mostBytes() {
        return mostBytes;
    }

    /** Tells that a batch holds one more change, its first one or not. */
    void held(Changes holder, Change change, boolean first) {
        if (first) {
            holders.add(holder);
        }
        bytes += CHANGE_BYTES + change.sizeBytes();
        mostBytes = Math.max(mostBytes, bytes);
        if (bytes > maxBytes) {
            spill();
        }
    }

    private void spill() {
        try {
            if (file == null) {
                file = TemporaryFile.open();
                out = ByteBuffer.allocate(WINDOW_BYTES);
            }
            for (Changes each : holders) {
                each.spill(this);
            }
            flush();
        } catch (IOException e) {
            throw new SpillException(e);
        }
        holders.clear();
        bytes = 0;
    }

    /** Where the next byte goes. */
    long end() {
        return written + out.position();
    }

    /** Adds a record at the end. */
    void write(ByteBuffer record) throws IOException {
        if (record.remaining() > out.remaining()) {
            flush();
        }
        if (record.remaining() > out.capacity()) {
            send(record);
        } else {
            out.put(record);
        }
    }

    private void flush() throws IOException {
        send(out.flip());
        out.clear();
    }

    private void send(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            written += file.write(from, written);
        }
    }

    /** Fills the rest of a buffer with what stands at a place; answers how much that is. */
    int read(ByteBuffer into, long at) throws IOException {
        int size = into.remaining();
        long from = at - into.position();
        while (into.hasRemaining()) {
            if (file.read(into, from + into.position()) < 0) {
                throw new IOException("the file is shorter than what was written");
            }
        }
        return size;
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new SpillException(e);
            }
        }
    }
}
