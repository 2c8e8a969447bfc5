package org.dacite.context;

import java.util.Map;
import java.util.Optional;
import org.dacite.store.Revision;

/**
 * A commit of a context, made or foreseen.
 *
 * @param revision the revision that it is; of one that is foreseen, ids and OIDs are none that the store has
 * @param branch the branch that it moved or made; none where it is foreseen
 */
public record Committed(Revision revision, Optional<String> branch) {
    /** The same as it is recorded. */
    Action.Expected expected(Map<ContextPath, String> prints) {
        return new Action.Expected(
                Optional.of(revision.hash()), Optional.of(revision.root()), Optional.empty(), prints);
    }
}
