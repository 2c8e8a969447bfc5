package org.dacite.context;

import java.util.Arrays;
import org.dacite.hashing.Digest;

/** Bytes that are put together to be hashed: a buffer that grows and is used again. For one thread. */
final class TezosBytes {
    private byte[] bytes = new byte[1024];
    private int size;

    TezosBytes clear() {
        size = 0;
        return this;
    }

    int size() {
        return size;
    }

    /** What it holds, followed by bytes that mean nothing. */
    byte[] array() {
        return bytes;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** 8 bytes, big-endian. */
    TezosBytes u64(long number) {
        room(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (number >>> shift);
        }
        return this;
    }

    /** Unsigned LEB128: seven bits a byte, the lowest first. */
    TezosBytes leb(long number) {
        room(10);
        long rest = number;
        while (rest >= 0x80) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    TezosBytes u8(int number) {
        room(1);
        bytes[size++] = (byte) number;
        return this;
    }

    TezosBytes bytes(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    /** A digest behind its length. */
    TezosBytes digest(byte[] digest) {
        if (digest.length != Digest.BYTES) {
            throw new IllegalArgumentException("expected a hash of 32 bytes, got " + digest.length);
        }
        return u64(Digest.BYTES).bytes(digest);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
