package org.dacite.moves;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.dacite.bits.Bits;

/**
 * A part of a tree at its place: what a token becomes once all bits above it are known.
 *
 * @param kind what stands there
 * @param bits its bits from the top of its own tree; of {@link Kind#LEAVE} empty
 * @param payload the value of a leaf, the hash of a part that is left out; else empty
 */
record Place(Kind kind, Bits bits, byte[] payload) {
    enum Kind {
        /** A leaf with its value. */
        LEAF('='),
        /** A part that is left out. */
        HIDDEN('#'),
        /** A linked tree begins. */
        ENTER('('),
        /** The linked tree ends. */
        LEAVE(')');

        private final byte letter;

        Kind(char letter) {
            this.letter = (byte) letter;
        }

        private static Kind of(byte letter) {
            return switch (letter) {
                case '=' -> LEAF;
                case '#' -> HIDDEN;
                case '(' -> ENTER;
                default -> LEAVE;
            };
        }
    }

    byte[] bytes() {
        byte[] padded = bits.padded();
        return ByteBuffer.allocate(3 + padded.length + payload.length)
                .put(kind.letter)
                .putShort((short) padded.length)
                .put(padded)
                .put(payload)
                .array();
    }

    static Place of(byte[] bytes) {
        int paddedBytes = ByteBuffer.wrap(bytes).getShort(1);
        return new Place(
                Kind.of(bytes[0]),
                Bits.ofPadded(Arrays.copyOfRange(bytes, 3, 3 + paddedBytes)),
                Arrays.copyOfRange(bytes, 3 + paddedBytes, bytes.length));
    }
}
