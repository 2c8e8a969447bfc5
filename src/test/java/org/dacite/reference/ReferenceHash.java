package org.dacite.reference;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/** {@code H} and what it is applied to: a leaf, a link, a vertex, a root, a revision, a log. */
public enum ReferenceHash {
    SHA256("sha256", 1),
    SHA3("sha3-256", 2),
    BLAKE2B("blake2b-256", 3);

    private final String label;
    private final int code;

    ReferenceHash(String label, int code) {
        this.label = label;
        this.code = code;
    }

    /** The one of that label. */
    public static ReferenceHash labelled(String label) {
        for (ReferenceHash each : values()) {
            if (each.label.equals(label)) {
                return each;
            }
        }
        throw new IllegalArgumentException(label);
    }

    /** The one with that byte in the packed form. */
    public static ReferenceHash coded(int code) {
        for (ReferenceHash each : values()) {
            if (each.code == code) {
                return each;
            }
        }
        throw new IllegalArgumentException("code " + code);
    }

    public int code() {
        return code;
    }

    /** {@code H(part ‖ part ‖ …)}. */
    public byte[] of(byte[]... parts) {
        byte[] bytes = ReferenceBits.concat(parts);
        if (this == BLAKE2B) {
            Blake2bDigest digest = new Blake2bDigest(256);
            digest.update(bytes, 0, bytes.length);
            byte[] out = new byte[32];
            digest.doFinal(out, 0);
            return out;
        }
        try {
            return MessageDigest.getInstance(this == SHA256 ? "SHA-256" : "SHA3-256")
                    .digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] leaf(byte[] value) {
        return of(tag(0), value);
    }

    public byte[] vertex(byte[] left, String leftSkip, byte[] right, String rightSkip) {
        return of(tag(1), left, ReferenceBits.enc(leftSkip), right, ReferenceBits.enc(rightSkip));
    }

    public byte[] root(byte[] top, String skip) {
        return of(tag(2), top, ReferenceBits.enc(skip));
    }

    public byte[] emptyRoot() {
        return of(tag(2));
    }

    public byte[] link(byte[] root) {
        return of(tag(3), root);
    }

    public byte[] revision(long height, byte[] root, byte[] history, long millis, String author, String message) {
        byte[] by = author.getBytes(StandardCharsets.UTF_8);
        byte[] about = message.getBytes(StandardCharsets.UTF_8);
        return of(
                tag(4),
                ByteBuffer.allocate(8).putLong(height).array(),
                root,
                history,
                ByteBuffer.allocate(8).putLong(millis).array(),
                ReferenceBits.varint(by.length),
                by,
                ReferenceBits.varint(about.length),
                about);
    }

    /** The tree hash of RFC 6962, section 2.1: split at the largest power of two below the number of entries. */
    public byte[] log(List<byte[]> entries) {
        if (entries.isEmpty()) {
            return of();
        }
        if (entries.size() == 1) {
            return of(tag(0), entries.get(0));
        }
        int split = 1;
        while (split * 2 < entries.size()) {
            split *= 2;
        }
        return of(tag(1), log(entries.subList(0, split)), log(entries.subList(split, entries.size())));
    }

    private static byte[] tag(int tag) {
        return new byte[] {(byte) tag};
    }
}
