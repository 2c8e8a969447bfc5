package org.dacite.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.dacite.bits.KeyCodec;
import org.dacite.history.Batch;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import org.dacite.store.StoreException;

/** Puts the records of a file into a store, batch after batch. For one load in one thread. */
final class Loader {
    private static final int TOLD_EVERY_RECORDS = 256;

    private final Source source;
    private final int batchSize;
    private final NoteOptions note;
    private final SeenKeys seen = new SeenKeys();
    private Records in;
    private Records.Entry first;
    private long firstLine;
    private long lastLine;
    private long read;
    private long committed;
    private long revisions;
    private Revision last;

    Loader(Source source, int batchSize, NoteOptions note) {
        this.source = source;
        this.batchSize = batchSize;
        this.note = note;
    }

    /** Reads the names of the columns and the first record, before a store is opened or made. */
    void begin(FileFormat format, Columns.Choice choice) {
        Utf8Reader reader = new Utf8Reader(source.bytes());
        try {
            in = switch (format) {
                case CSV -> new CsvRecords(reader, choice);
                case TSV -> new TsvRecords(reader, choice);
                case JSONL -> new JsonRecords(reader, choice);
            };
            first = in.next().orElse(null);
        } catch (BadRecordException e) {
            throw refusal(e);
        }
    }

    /** Commits the records, {@code batchSize} a revision, on a branch, into the tree of these names. */
    void load(Dacite dacite, Branch branch, List<byte[]> trees, Session session) {
        String message = "load " + source.name().replaceFirst(".*/(?=[^/])", "");
        try (Progress progress = Progress.of(session, "load", source)) {
            while (first != null) {
                firstLine = first.line();
                last = branch.commit(
                        note.note(message), batch -> fill(PutVerb.in(batch, trees), dacite.codec(), progress));
                revisions++;
                committed = read;
                first = in.next().orElse(null);
            }
        } catch (BadRecordException e) {
            throw refusal(e);
        } catch (StoreException e) {
            throw new StoreException(e.getMessage() + "; " + soFar(), e);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    source.name() + ":" + firstLine + "-" + lastLine + ": " + Failures.advised(e) + "; " + soFar(), e);
        }
    }

    private void fill(Batch batch, KeyCodec codec, Progress progress) {
        Records.Entry entry = first;
        for (int count = 1; ; count++) {
            put(batch, codec, entry);
            if (read % TOLD_EVERY_RECORDS == 0) {
                progress.read(source.readBytes(), read);
            }
            Optional<Records.Entry> next = count < batchSize ? in.next() : Optional.empty();
            if (next.isEmpty()) {
                return;
            }
            entry = next.get();
        }
    }

    private void put(Batch batch, KeyCodec codec, Records.Entry entry) {
        lastLine = entry.line();
        try {
            utf8(entry.key());
            byte[] key = codec.parse(entry.key());
            batch.put(key, utf8(entry.value()));
            seen.add(key);
            read++;
        } catch (IllegalArgumentException e) {
            throw new BadRecordException(entry.line(), e.getMessage(), e);
        }
    }

    private static byte[] utf8(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] out = new byte[bytes.remaining()];
            bytes.get(out);
            return out;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("expected text that UTF-8 can hold, got half of a surrogate pair", e);
        }
    }

    private UsageException refusal(BadRecordException e) {
        return new UsageException(source.name() + ":" + e.line() + ": " + e.getMessage() + "; " + soFar(), e);
    }

    private String soFar() {
        return committed == 0
                ? "nothing was committed"
                : RevisionLine.counted(committed, "record", "records") + " before "
                        + (committed == 1 ? "was" : "were") + " committed in "
                        + RevisionLine.counted(revisions, "revision", "revisions");
    }

    long records() {
        return committed;
    }

    long repeated() {
        return seen.repeated();
    }

    boolean repeatedIsLowerBound() {
        return seen.isLowerBound();
    }

    long revisions() {
        return revisions;
    }

    /** The last revision; none when there was no record. */
    Optional<Revision> last() {
        return Optional.ofNullable(last);
    }
}
