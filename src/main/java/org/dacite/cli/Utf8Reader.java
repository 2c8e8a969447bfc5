package org.dacite.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;

/**
 * Decodes UTF-8 strictly and knows its line: hands over every character before a bad byte, or before the place where the
 * bytes break off, and then throws a {@link BadRecordException} with that line. A byte order mark is skipped. Refuses
 * records without end: its user says where one ends. For one thread.
 */
final class Utf8Reader extends Reader {
    private static final int BYTES = 1 << 16;
    private static final int MAX_RECORD_CHARS = 1 << 27;

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).flip();
    private final CharBuffer chars = CharBuffer.allocate(BYTES).flip();
    private boolean begun;
    private boolean atEnd;
    private long line = 1;
    private long recordChars;

    Utf8Reader(InputStream in) {
        this.in = in;
    }

    /** Says that a record ended about here, and that the next may be as long as this one might have been. */
    void recordEnded() {
        recordChars = 0;
    }

    @Override
    public int read(char[] out, int from, int length) {
        while (!chars.hasRemaining()) {
            if (!fill()) {
                return -1;
            }
        }
        int count = Math.min(length, chars.remaining());
        chars.get(out, from, count);
        for (int i = from; i < from + count; i++) {
            if (out[i] == '\n') {
                line++;
            }
        }
        recordChars += count;
        if (recordChars > MAX_RECORD_CHARS) {
            throw new BadRecordException(
                    line, "expected a record of at most " + MAX_RECORD_CHARS + " characters, got a longer one");
        }
        return count;
    }

    /** Decodes some more; false at the end. Only called when all that was decoded before is handed over. */
    private boolean fill() {
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, atEnd);
        chars.flip();
        if (!begun && chars.hasRemaining()) {
            begun = true;
            if (chars.get(0) == '\ufeff') {
                chars.get();
            }
        }
        if (chars.hasRemaining()) {
            return true;
        }
        if (result.isError()) {
            throw new BadRecordException(
                    line,
                    String.format(
                            "expected UTF-8, got the byte %02x where no such byte can stand",
                            bytes.get(bytes.position())));
        }
        if (atEnd) {
            return false;
        }
        bytes.compact();
        try {
            int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
            atEnd = read < 0;
            bytes.position(bytes.position() + Math.max(0, read));
        } catch (IOException e) {
            throw new BadRecordException(line, reason(e), e);
        } finally {
            bytes.flip();
        }
        return true;
    }

    /** Why bytes could not be had. */
    static String reason(IOException error) {
        if (error instanceof EOFException) {
            return "expected the rest of a gzip file, got its end: it is cut off";
        }
        if (error instanceof ZipException) {
            return "expected sound gzip, got a damaged file: " + error.getMessage();
        }
        return "expected to read on, but that failed: " + error.getMessage();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
