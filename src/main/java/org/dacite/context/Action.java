package org.dacite.context;

import java.util.Map;
import java.util.Optional;
import org.dacite.hashing.Digest;

/** What was done to a context, so that it can be done again elsewhere: changes, and the commits that they lead to. Immutable. */
public sealed interface Action {
    /** A value was set. */
    record Set(ContextPath path, byte[] value) implements Action {}

    /** Something was deleted. */
    record Delete(ContextPath path) implements Action {}

    /** Something was copied. */
    record Copy(ContextPath from, ContextPath to) implements Action {}

    /** What follows stands on the revision with this hash. */
    record Checkout(Digest hash) implements Action {}

    /**
     * The changes before it were committed.
     *
     * @param expected what came of it
     */
    record Commit(long timeSeconds, String author, String message, Expected expected) implements Action {}

    /**
     * What came of a commit, as far as it is known.
     *
     * @param hash the hash of its revision
     * @param root the root of its state
     * @param tezos its hash in Tezos
     * @param prints of each path that the changes named, {@link Fingerprint} of what stands there
     */
    record Expected(
            Optional<Digest> hash, Optional<Digest> root, Optional<Digest> tezos, Map<ContextPath, String> prints) {
        /** Nothing is known. */
        public static final Expected NOTHING =
                new Expected(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }
}
