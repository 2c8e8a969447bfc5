package org.dacite.tree;

/**
 * One change of one key.
 *
 * @param key the canonical key
 * @param userKey what the user called it where the codec is {@code hashed}, else null
 * @param action what is done
 * @param value the value of a put, else null
 * @param nested the changes of a linked tree for a merge, else null
 * @param linked the tree to link for a link; for a merge the one that the same batch linked before, else null
 * @param replaces whether the same batch deleted the key first, so that what stood there may be of either kind
 */
record Change(
        byte[] key, byte[] userKey, Action action, byte[] value, Changes nested, TreeRef linked, boolean replaces) {
    enum Action {
        /** Put a value. */
        PUT('='),
        /** Delete the key, a value or a whole tree. */
        DELETE('-'),
        /** Change the tree at the key, or make it. */
        MERGE('/'),
        /** Put an existing tree at the key. */
        LINK('@');

        private final byte letter;

        Action(char letter) {
            this.letter = (byte) letter;
        }

        /** How it is written in a temporary file. */
        byte letter() {
            return letter;
        }

        static Action of(byte letter) {
            return switch (letter) {
                case '=' -> PUT;
                case '-' -> DELETE;
                case '/' -> MERGE;
                case '@' -> LINK;
                default -> throw new IllegalArgumentException("expected one of =-/@, got " + letter);
            };
        }
    }

    /** The bytes of its key and value. */
    int sizeBytes() {
        return key.length + (userKey == null ? 0 : userKey.length) + (value == null ? 0 : value.length);
    }

    Change startingFrom(TreeRef tree) {
        return new Change(key, userKey, action, value, nested, tree, replaces);
    }

    Change replacing() {
        return new Change(key, userKey, action, value, nested, linked, true);
    }
}
