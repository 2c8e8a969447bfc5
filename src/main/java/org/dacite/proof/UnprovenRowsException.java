package org.dacite.proof;

import org.dacite.bits.Bits;
import org.dacite.bits.KeyCodec;

/** A proof has the trusted root, but does not tell all rows that were selected. */
public final class UnprovenRowsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Bits prefix;

    /** It leaves out keys that begin with these bits. */
    UnprovenRowsException(Bits prefix) {
        super("expected a proof that shows all rows that were selected, got one that leaves out keys that begin with "
                + UnprovenDifferenceException.show(prefix));
        this.prefix = prefix;
    }

    /** It shows a key that the codec cannot make. */
    UnprovenRowsException(Bits key, KeyCodec codec) {
        super("expected a proof whose keys are " + codec.name() + ", got one that shows "
                + UnprovenDifferenceException.show(key));
        this.prefix = key;
    }

    /** The bits that the first such keys begin with. */
    public Bits prefix() {
        return prefix;
    }
}
