package org.dacite.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dacite.hashing.Digest;

/** Writes the parts that the forms of proofs are made of; {@link FormReader} reads them. For one thread. */
final class FormWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    void header(byte[] magic, int version) {
        out.writeBytes(magic);
        octet(version);
    }

    void octet(int value) {
        out.write(value);
    }

    void varint(long value) {
        long rest = value;
        while (rest >= 128) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    void i64(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    void digest(Digest digest) {
        out.writeBytes(digest.bytes());
    }

    void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        varint(bytes.length);
        out.writeBytes(bytes);
    }

    void path(List<Digest> path) {
        varint(path.size());
        path.forEach(this::digest);
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
