package org.dacite.history;

import org.dacite.store.Revision;

/** The state of a revision was pruned: its hashes are known, what it held is not. */
public final class PrunedRevisionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final long revision;

    PrunedRevisionException(Revision revision) {
        super("expected a revision whose state is kept, got revision " + revision.id() + " ("
                + revision.hash().toString().substring(0, 12)
                + "), which was pruned; its root, its hash and 'dacite prove-revision' still stand");
        this.revision = revision.id();
    }

    /** The id of the revision. */
    public long revision() {
        return revision;
    }
}
