package org.dacite.moves;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.dacite.store.StoreException;
import org.dacite.tree.TemporaryFile;

/**
 * Records in a temporary file: written one behind the other, taken back from the end. So what comes in postfix order goes out
 * top down, in memory that does not grow. The file is gone with the process. For one thread.
 */
final class Spool implements AutoCloseable {
    private static final int WINDOW_BYTES = 1 << 18;

    private final FileChannel channel;
    private final ByteBuffer out = ByteBuffer.allocate(WINDOW_BYTES);
    private long sent;
    private byte[] window = new byte[0];
    private long windowAt;
    private long end;

    private Spool(FileChannel channel) {
        this.channel = channel;
    }

    static Spool make() {
        try {
            return new Spool(TemporaryFile.open());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Says in one sentence why a temporary file failed. */
    static StoreException failed(IOException error) {
        return new StoreException(TemporaryFile.failure(error), error);
    }

    /** Adds a record. Not after the first {@link #takeLast}. */
    void add(byte[] record) {
        try {
            write(record);
            write(ByteBuffer.allocate(Integer.BYTES).putInt(record.length).array());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void write(byte[] bytes) throws IOException {
        end += bytes.length;
        if (bytes.length > out.remaining()) {
            send();
        }
        if (bytes.length > out.capacity()) {
            send(ByteBuffer.wrap(bytes));
        } else {
            out.put(bytes);
        }
    }

    private void send() throws IOException {
        send(out.flip());
        out.clear();
    }

    private void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            sent += channel.write(bytes, sent);
        }
    }

    /** Takes the last record; null when there is none. */
    byte[] takeLast() {
        if (end == 0) {
            return null;
        }
        try {
            if (sent < end && out.position() > 0) {
                send();
            }
            int length = ByteBuffer.wrap(before(Integer.BYTES)).getInt();
            return before(length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Takes so many bytes off the end. */
    private byte[] before(int length) throws IOException {
        if (end - length < windowAt || end > windowAt + window.length) {
            int size = (int) Math.min(end, Math.max(length, WINDOW_BYTES));
            window = new byte[size];
            windowAt = end - size;
            ByteBuffer into = ByteBuffer.wrap(window);
            while (into.hasRemaining()) {
                if (channel.read(into, windowAt + into.position()) < 0) {
                    throw new IOException("the file is shorter than what was written");
                }
            }
        }
        byte[] bytes = new byte[length];
        System.arraycopy(window, (int) (end - length - windowAt), bytes, 0, length);
        end -= length;
        return bytes;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
