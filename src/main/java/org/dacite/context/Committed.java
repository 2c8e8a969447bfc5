package org.dacite.context;

import java.util.Optional;
import org.dacite.store.Revision;

/**
 * A commit of a context, made or foreseen.
 *
 * @param revision the revision that it is; of one that is foreseen, ids and OIDs are none that the store has
 * @param branch the branch that it moved or made; none where it is foreseen
 */
public record Committed(Revision revision, Optional<String> branch) {}
