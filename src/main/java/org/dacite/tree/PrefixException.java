package org.dacite.tree;

import org.dacite.bits.KeyCodec;

/** Of two keys of one tree the first is a prefix of the second, which the canonical form excludes. */
public final class PrefixException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    PrefixException(byte[] shorter, byte[] longer) {
        super("expected keys of which none is a prefix of another, got '" + KeyCodec.showBytes(shorter) + "' and '"
                + KeyCodec.showBytes(longer) + "'; the key codecs 'text', 'uint' and 'hashed' allow any keys");
    }
}
