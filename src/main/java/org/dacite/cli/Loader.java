package org.dacite.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dacite.bits.KeyCodec;
import org.dacite.history.Batch;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.store.Revision;
import org.dacite.store.StoreException;

/** Puts records into a store, batch after batch, or number after number. For one load in one thread. */
final class Loader {
    private static final int TOLD_EVERY_RECORDS = 256;

    private final LoadInput input;
    private final int batchSize;
    private final NoteOptions note;
    private final Numbering numbering;
    private final SeenKeys seen = new SeenKeys();
    private Records in;
    private Records.Entry next;
    private long nextNumber;
    private long firstLine;
    private long lastLine;
    private long read;
    private long passed;
    private long committed;
    private long revisions;
    private Revision last;

    /** A load by batches, or, where there is a numbering, by its numbers. */
    Loader(LoadInput input, int batchSize, NoteOptions note, Numbering numbering) {
        this.input = input;
        this.batchSize = batchSize;
        this.note = note;
        this.numbering = numbering;
    }

    /** Reads the names of the columns and the first record, before a store is opened or made. */
    void begin(Columns.Choice choice) {
        try {
            in = input.records(choice);
            advance();
        } catch (BadRecordException e) {
            throw refusal(e);
        }
    }

    private void advance() {
        next = in.next().orElse(null);
        if (next != null && numbering != null) {
            nextNumber = numbering.next(next);
        }
    }

    /** Commits the records on a branch, into the tree of these names. */
    void load(Dacite dacite, Branch branch, List<byte[]> trees, Session session) {
        try (Progress progress = input.progress(session)) {
            passOver(dacite, branch, progress);
            while (next != null) {
                firstLine = next.line();
                last = commit(dacite, branch, trees, progress);
                revisions++;
                committed = read;
                if (numbering == null && next != null) {
                    advance(); // not before the batch was safe
                }
            }
        } catch (BadRecordException e) {
            throw refusal(e);
        } catch (StoreException e) {
            throw new StoreException(e.getMessage() + "; " + soFar(), e);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    input.name() + ":" + firstLine + "-" + lastLine + ": " + Failures.advised(e) + "; " + soFar(), e);
        }
    }

    private Revision commit(Dacite dacite, Branch branch, List<byte[]> trees, Progress progress) {
        Consumer<Batch> records = batch -> fill(PutVerb.in(batch, trees), dacite.codec(), progress);
        if (numbering == null) {
            return branch.commit(note(), records);
        }
        long number = nextNumber;
        Revision made = branch.commit(note(), records, parent -> numbering.requireOwn(dacite, branch, parent));
        numbering.committed(number, made);
        return made;
    }

    /** Passes over the records whose revisions are there. */
    private void passOver(Dacite dacite, Branch branch, Progress progress) {
        if (numbering == null || numbering.newest(dacite, branch).isEmpty()) {
            return;
        }
        while (next != null && numbering.isLoaded(nextNumber)) {
            passed++;
            tell(progress, passed);
            advance();
        }
    }

    private Note note() {
        String message = numbering == null
                ? "load " + input.name().replaceFirst(".*/(?=[^/])", "")
                : numbering.message(nextNumber);
        Note made = note.note(message);
        String time = next.marks().time();
        try {
            return time == null ? made : made.at(Times.millis("a time", time));
        } catch (IllegalArgumentException e) {
            throw new BadRecordException(next.line(), e.getMessage(), e);
        }
    }

    /** Takes the records of one revision; of a numbered one, also the first of the next, which tells that it is whole. */
    private void fill(Batch batch, KeyCodec codec, Progress progress) {
        long number = nextNumber;
        for (int count = 1; next != null && nextNumber == number; count++) {
            put(batch, codec, next);
            tell(progress, read);
            if (numbering == null && count == batchSize) {
                return; // the next one is read when these are safe
            }
            advance();
        }
    }

    private void tell(Progress progress, long records) {
        if (records % TOLD_EVERY_RECORDS == 0) {
            input.tell(progress, records);
        }
    }

    private void put(Batch batch, KeyCodec codec, Records.Entry entry) {
        lastLine = entry.line();
        try {
            utf8(entry.key());
            byte[] key = codec.parse(entry.key());
            if (entry.marks().deletes(entry.line())) {
                batch.delete(key);
            } else {
                batch.put(key, entry.bytes() == null ? utf8(entry.value()) : entry.bytes());
            }
            seen.add(key);
            read++;
        } catch (BadRecordException e) {
            throw e;
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
        return new UsageException(input.name() + ":" + e.line() + ": " + e.getMessage() + "; " + soFar(), e);
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

    /** How many records belong to revisions that were there. */
    long passed() {
        return passed;
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
