package org.dacite.history;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.dacite.hashing.Digest;
import org.dacite.log.ConsistencyProof;
import org.dacite.log.InclusionProof;
import org.dacite.log.StoredLog;
import org.dacite.store.LogRows;
import org.dacite.store.StoreException;

/**
 * A named log of records beside the map: appended to and never changed, every size of it with a root, by which anyone can
 * check that a record stands in it and that it has only grown. The tree hash is that of RFC 6962, with the store's algorithm.
 *
 * <p>Records are any bytes, 0 to {@link #MAX_RECORD_BYTES}, numbered from 0; sizes are numbers of records. The first append
 * makes the log; until then whatever asks about it is an {@link UnknownLogException}, but for {@link #exists}. A number or a
 * size that the log does not have is an {@link IllegalArgumentException}. Any thread; one append at a time in the whole store,
 * and readers see the appends that are done.
 */
public final class RecordLog {
    /** The most bytes that a record may have. */
    public static final int MAX_RECORD_BYTES = 16 << 20;

    private final Dacite dacite;
    private final String name;

    RecordLog(Dacite dacite, String name) {
        RefName.requireWord(name);
        this.dacite = dacite;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Whether anything, if only nothing, was appended. */
    public boolean exists() {
        return dacite.store().logs(rows -> rows.named(name)).isPresent();
    }

    /**
     * Appends records in this order and answers the size of the log then: one transaction, all of them or none. It goes in
     * bulk, so many records in one call are a great deal faster than one by one; all of them are in memory meanwhile.
     */
    public long append(List<byte[]> records) {
        for (byte[] each : records) {
            if (each.length > MAX_RECORD_BYTES) {
                throw new IllegalArgumentException(
                        "expected records of at most " + MAX_RECORD_BYTES + " bytes, got one of " + each.length);
            }
        }
        return dacite.store().write(transaction -> {
            LogRows rows = transaction.logs();
            OptionalLong found = rows.named(name);
            long id = found.isPresent() ? found.getAsLong() : rows.create(name);
            long size = found.isPresent() ? rows.size(id) : 0;
            transaction.append(id, stored(rows, id, size).range(), records);
            return size + records.size();
        });
    }

    /** How many records it has. */
    public long size() {
        return read(LogRows::size);
    }

    /** The tree hash over the first {@code size} records. */
    public Digest root(long size) {
        return read((rows, id) -> {
            requireSize("a size", 0, rows.size(id), size);
            return stored(rows, id, size).root(size);
        });
    }

    /** The record of that number, counted from 0; none when the log is no longer than that. */
    public Optional<byte[]> entry(long number) {
        requireWithin("a number", 0, Long.MAX_VALUE, number);
        return read((rows, id) -> {
            Optional<byte[]> entry = rows.entry(id, number);
            if (entry.isEmpty() && number < rows.size(id)) {
                throw lost(number);
            }
            return entry;
        });
    }

    /** The records of numbers {@code [from, to)} in order. Streams, 4 MiB at a time; needs no closing. */
    public Stream<byte[]> entries(long from, long to) {
        return read((rows, id) -> {
            requireSize("an end", 0, rows.size(id), to);
            requireWithin("a first number", 0, to, from);
            Iterator<byte[]> pages = new Pages(id, from, to);
            return StreamSupport.stream(
                    Spliterators.spliterator(pages, to - from, Spliterator.ORDERED | Spliterator.NONNULL), false);
        });
    }

    /** The proof that the record of that number stands in the log of {@code size} records. */
    public InclusionProof proveInclusion(long number, long size) {
        return read((rows, id) -> {
            requireSize("a size", 1, rows.size(id), size);
            requireWithin("a number", 0, size - 1, number);
            return stored(rows, id, size).inclusion(number, size);
        });
    }

    /** The proof that the log of {@code second} records goes on from that of {@code first}. */
    public ConsistencyProof proveConsistency(long first, long second) {
        return read((rows, id) -> {
            requireSize("a second size", 0, rows.size(id), second);
            requireWithin("a first size", 0, second, first);
            return stored(rows, id, second).consistency(first, second);
        });
    }

    private StoredLog stored(LogRows rows, long id, long size) {
        return StoredLog.of(dacite.hash(), size, rows.nodes(id));
    }

    private <T> T read(BiFunction<LogRows, Long, T> work) {
        return dacite.store().logs(rows -> {
            OptionalLong id = rows.named(name);
            if (id.isEmpty()) {
                throw new UnknownLogException(name, rows.names().keySet());
            }
            return work.apply(rows, id.getAsLong());
        });
    }

    private StoreException lost(long number) {
        return new StoreException("expected record " + number + " of log '" + name
                + "', found none; the store is damaged, run 'dacite fsck'");
    }

    private void requireSize(String what, long least, long size, long number) {
        if (size < least) {
            throw new IllegalArgumentException(
                    "expected " + what + " of " + least + " or more, got " + number + "; log '" + name + "' is empty");
        }
        requireWithin(what, least, size, number);
    }

    private static void requireWithin(String what, long least, long most, long number) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    "expected " + what + " from " + least + " to " + most + ", got " + number);
        }
    }

    /** The records of a range, some at a time. */
    private final class Pages implements Iterator<byte[]> {
        private final long id;
        private final long to;
        private final Queue<byte[]> page = new ArrayDeque<>();
        private long next;

        private Pages(long id, long from, long to) {
            this.id = id;
            this.next = from;
            this.to = to;
        }

        @Override
        public boolean hasNext() {
            return next < to;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (page.isEmpty()) {
                page.addAll(dacite.store().logs(rows -> rows.page(id, next, to)));
            }
            if (page.isEmpty()) {
                throw lost(next);
            }
            next++;
            return page.remove();
        }
    }
}
