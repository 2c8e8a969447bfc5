package org.dacite.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * The changes of one tree that moved to a temporary file: runs, each in key order, which are read as one. What a change
 * leads to, a nested batch or a linked tree, stays in memory and has a number.
 *
 * <pre>
 *   record   length (4)   action (1)   key length (2)   key   user key length (2)   user key   value, or a number (4)
 * </pre>
 *
 * For one thread.
 */
final class ChangeRuns {
    private static final int HEADER_BYTES = Integer.BYTES + 1 + 2 * Short.BYTES;

    /** What all runs together may take to be read, as far as each can do with the least. */
    private static final int BUFFERS_BYTES = 2 << 20;

    private static final int LEAST_BUFFER_BYTES = 1 << 12;
    private static final int MOST_BUFFER_BYTES = 1 << 16;

    private final HeldChanges held;
    private final List<Changes> nested = new ArrayList<>();
    private final List<TreeRef> linked = new ArrayList<>();
    private long[] ends = new long[8];
    private int size;

    ChangeRuns(HeldChanges held) {
        this.held = held;
    }

    /** Writes changes that are sorted; those of one key stand in the order in which they were asked for. */
    void add(Change[] sorted) throws IOException {
        if (size + 2 > ends.length) {
            ends = Arrays.copyOf(ends, ends.length * 2);
        }
        ends[size++] = held.end();
        for (Change change : sorted) {
            held.write(record(change));
        }
        ends[size++] = held.end();
    }

    private ByteBuffer record(Change change) {
        byte[] user = change.userKey() == null ? new byte[0] : change.userKey();
        boolean put = change.action() == Change.Action.PUT;
        boolean delete = change.action() == Change.Action.DELETE;
        int tail = put ? change.value().length : delete ? 0 : Integer.BYTES;
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + change.key().length + user.length + tail);
        out.putInt(out.capacity() - Integer.BYTES).put(change.action().letter());
        out.putShort((short) change.key().length).put(change.key());
        out.putShort((short) user.length).put(user);
        if (put) {
            out.put(change.value());
        } else if (change.action() == Change.Action.MERGE) {
            out.putInt(nested.size());
            nested.add(change.nested());
        } else if (change.action() == Change.Action.LINK) {
            out.putInt(linked.size());
            linked.add(change.linked());
        }
        return out.flip();
    }

    private Change change(ByteBuffer in) {
        Change.Action action = Change.Action.of(in.get());
        byte[] key = bytes(in, in.getShort());
        byte[] user = bytes(in, in.getShort());
        return new Change(
                key,
                user.length == 0 ? null : user,
                action,
                action == Change.Action.PUT ? bytes(in, in.remaining()) : null,
                action == Change.Action.MERGE ? nested.get(in.getInt()) : null,
                action == Change.Action.LINK ? linked.get(in.getInt()) : null,
                false);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /** All changes in key order, with those that stay on the heap; those of one key in the order in which they came. */
    Iterator<Change> with(Iterator<Change> heap) {
        int bufferBytes =
                Math.max(LEAST_BUFFER_BYTES, Math.min(MOST_BUFFER_BYTES, BUFFERS_BYTES / Math.max(1, size / 2)));
        Merged merged = new Merged();
        for (int i = 0; i < size; i += 2) {
            merged.add(i, new Run(ends[i], ends[i + 1], bufferBytes));
        }
        merged.add(size, heap);
        return merged;
    }

    /** Runs as one. */
    private static final class Merged implements Iterator<Change> {
        private final PriorityQueue<Head> heads =
                new PriorityQueue<>(Comparator.comparing((Head head) -> head.change.key(), Arrays::compareUnsigned)
                        .thenComparingInt(head -> head.number));

        private void add(int number, Iterator<Change> run) {
            if (run.hasNext()) {
                heads.add(new Head(number, run.next(), run));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public Change next() {
            Head least = heads.remove();
            add(least.number, least.rest);
            return least.change;
        }
    }

    /** The first change of a run that was not taken, and those behind it. */
    private record Head(int number, Change change, Iterator<Change> rest) {}

    /** One run on its way in. */
    private final class Run implements Iterator<Change> {
        private final long end;
        private ByteBuffer buffer;
        private long at;

        private Run(long start, long end, int bufferBytes) {
            this.at = start;
            this.end = end;
            this.buffer = ByteBuffer.allocate((int) Math.min(bufferBytes, end - start))
                    .limit(0);
        }

        @Override
        public boolean hasNext() {
            return at < end || buffer.hasRemaining();
        }

        @Override
        public Change next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            try {
                need(Integer.BYTES);
                int length = buffer.getInt();
                need(length);
                Change change = change(buffer.slice(buffer.position(), length));
                buffer.position(buffer.position() + length);
                return change;
            } catch (IOException e) {
                throw new SpillException(e);
            }
        }

        /** Sees to it that so many bytes stand in the buffer. */
        private void need(int bytes) throws IOException {
            if (buffer.remaining() >= bytes) {
                return;
            }
            if (buffer.capacity() < bytes) {
                buffer = ByteBuffer.allocate(bytes).put(buffer).flip();
            }
            buffer.compact();
            buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + end - at));
            at += held.read(buffer, at);
            buffer.flip();
        }
    }
}
