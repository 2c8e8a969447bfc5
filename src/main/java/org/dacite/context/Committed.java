package org.dacite.context;

import java.util.Map;
import java.util.Optional;
import org.dacite.hashing.Digest;
import org.dacite.store.Revision;

/**
 * A commit of a context, made or foreseen.
 *
 * @param revision the revision that it is; of one that is foreseen, ids and OIDs are none that the store has
 * @param branch the branch that it moved or made; none where it is foreseen
 * @param tezos the hashes that it carries beside the revision's own; none where the store's commits carry none
 */
public record Committed(Revision revision, Optional<String> branch, Optional<Tezos> tezos) {
    /**
     * What a commit is to Tezos.
     *
     * @param hash the hash of the commit
     * @param root the hash of its root directory
     */
    public record Tezos(Digest hash, Digest root) {}

    /** The same as it is recorded. */
    Action.Expected expected(Map<ContextPath, String> prints) {
        return new Action.Expected(
                Optional.of(revision.hash()), Optional.of(revision.root()), tezos.map(Tezos::hash), prints);
    }
}
