package org.dacite.tree;

import java.util.Arrays;
import org.dacite.bits.KeyCodec;

/** A batch puts bytes over a tree, or a tree over bytes, without deleting the key first. */
public final class KindException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private KindException(String message) {
        super(message);
    }

    static KindException of(byte[] key, boolean holdsValue) {
        boolean text = key.length > 1 && key[key.length - 1] == 0;
        String name = KeyCodec.showBytes(text ? Arrays.copyOf(key, key.length - 1) : key);
        return new KindException(
                holdsValue
                        ? "expected a tree at key '" + name
                                + "', got a value; delete it first, in the same batch if you like"
                        : "expected a value at key '" + name
                                + "', got a tree; delete it first, in the same batch if you like");
    }
}
