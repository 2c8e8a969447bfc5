package org.dacite.history;

import org.dacite.store.Revision;

/** No revision, or more than one, has that name. */
public final class UnknownRevisionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnknownRevisionException(String message) {
        super(message);
    }

    static UnknownRevisionException ofAnotherStore(Revision revision) {
        return new UnknownRevisionException(
                "expected a revision of this store, got " + revision.hash() + ", which is of another");
    }
}
