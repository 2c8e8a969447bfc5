package org.dacite.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dacite.bits.KeyCodec;
import org.dacite.history.RecordLog;
import org.dacite.store.StoreException;

/** Appends the records of an input to a log, batch after batch. For one run in one thread. */
final class LogFiller {
    private static final int TOLD_EVERY_RECORDS = 256;

    /** A batch is in memory until it is appended, so it ends when it has so many bytes. */
    private static final long MAX_BATCH_BYTES = 64 << 20;

    private final Source source;
    private final int batchSize;
    private final LineReader lines;
    private Optional<byte[]> next = Optional.empty();
    private long read;
    private long appended;
    private long commits;

    private LogFiller(Source source, int batchSize, LineReader lines) {
        this.source = source;
        this.batchSize = batchSize;
        this.lines = lines;
    }

    /** Takes every line as a record, without its end. Reads the first one, before a store is opened or made. */
    static LogFiller ofLines(Source source, int batchSize) {
        LogFiller filler = new LogFiller(source, batchSize, new LineReader(new Utf8Reader(source.bytes())));
        try {
            filler.next = filler.line();
        } catch (BadRecordException e) {
            throw filler.refusal(e);
        }
        return filler;
    }

    /** Takes all bytes as one record. */
    static LogFiller ofWhole(Source source) {
        LogFiller filler = new LogFiller(source, 1, null);
        try {
            byte[] whole = source.bytes().readNBytes(RecordLog.MAX_RECORD_BYTES + 1);
            if (whole.length > RecordLog.MAX_RECORD_BYTES) {
                throw new UsageException(source.name() + ": expected a record of at most " + RecordLog.MAX_RECORD_BYTES
                        + " bytes, got a longer one; nothing was appended");
            }
            filler.next = Optional.of(whole);
        } catch (IOException e) {
            throw new UsageException(source.name() + ": " + Utf8Reader.reason(e) + "; nothing was appended", e);
        }
        return filler;
    }

    /** Appends all records, {@code batchSize} at once; makes the log though there be none. */
    void append(RecordLog log, Session session) {
        try (Progress progress = Progress.of(session, "append", source)) {
            do {
                List<byte[]> batch = batch(progress);
                log.append(batch);
                appended += batch.size();
                commits++;
                next = next.isPresent() ? more() : next;
            } while (next.isPresent());
        } catch (BadRecordException e) {
            throw refusal(e);
        } catch (StoreException e) {
            throw new StoreException(e.getMessage() + "; " + soFar(), e);
        }
    }

    /** The next records, up to the last one where it is full: what follows is read when these are safe. */
    private List<byte[]> batch(Progress progress) {
        List<byte[]> batch = new ArrayList<>();
        long sizeBytes = 0;
        while (next.isPresent()) {
            batch.add(next.get());
            sizeBytes += next.get().length;
            read++;
            if (read % TOLD_EVERY_RECORDS == 0) {
                progress.read(source.readBytes(), read);
            }
            if (batch.size() >= batchSize || sizeBytes >= MAX_BATCH_BYTES) {
                return batch;
            }
            next = more();
        }
        return batch;
    }

    private Optional<byte[]> more() {
        return lines == null ? Optional.empty() : line();
    }

    private Optional<byte[]> line() {
        Optional<byte[]> line = lines.next().map(KeyCodec::utf8);
        if (line.isPresent() && line.get().length > RecordLog.MAX_RECORD_BYTES) {
            throw new BadRecordException(
                    lines.number(),
                    "expected a record of at most " + RecordLog.MAX_RECORD_BYTES + " bytes, got " + line.get().length);
        }
        return line;
    }

    private UsageException refusal(BadRecordException e) {
        return new UsageException(source.name() + ":" + e.line() + ": " + e.getMessage() + "; " + soFar(), e);
    }

    private String soFar() {
        return appended == 0
                ? "nothing was appended"
                : RevisionLine.counted(appended, "record", "records") + " before " + (appended == 1 ? "was" : "were")
                        + " appended";
    }

    long records() {
        return appended;
    }

    long commits() {
        return commits;
    }
}
