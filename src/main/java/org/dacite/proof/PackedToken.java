package org.dacite.proof;

import java.util.Arrays;
import org.dacite.bits.Bits;

/**
 * One token of a packed form, as it stands there.
 *
 * @param kind what it pushes or pops
 * @param skip the bits of its node below the branch bit of the parent
 * @param payload the value of a leaf, the hash of a stub, the root of a link; else empty. Not to be changed
 */
public record PackedToken(Kind kind, Bits skip, byte[] payload) {
    /** What a token does. */
    public enum Kind {
        /** Pushes a leaf with its value. */
        LEAF,
        /** Pushes a subtree that is left out. */
        STUB,
        /** Pops right, pops left, pushes their vertex. */
        JOIN,
        /** Pushes a link to a tree that is not shown. */
        LINK,
        /** Pops the top node of a whole tree, pushes the link to it. */
        ENCLOSE
    }

    private static final Kind[] KINDS = Kind.values();

    /** The token that these bytes are, all of them; a {@link ProofFormatException} when they are none. */
    public static PackedToken parse(byte[] token) {
        TokenReader in = new TokenReader(token);
        in.token();
        if (in.remaining() > 0) {
            throw in.refuse("expected the end after one token, got " + in.remaining() + " more bytes");
        }
        Bits skip = in.skipBits() == 0
                ? Bits.EMPTY
                : Bits.ofPadded(Arrays.copyOfRange(token, in.skipEnd() - (in.skipBits() / 8 + 1), in.skipEnd()));
        return new PackedToken(
                KINDS[in.tag()],
                skip,
                Arrays.copyOfRange(token, in.payloadStart(), in.payloadStart() + in.payloadLength()));
    }
}
