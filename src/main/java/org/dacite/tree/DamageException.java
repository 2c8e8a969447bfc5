package org.dacite.tree;

/** The rows of a store do not make a tree: carries the link that led nowhere or wrong. */
public final class DamageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long link;

    public DamageException(long link, String message) {
        super(message);
        this.link = link;
    }

    /** The link at which it was found: {@code > 0} a vertex, {@code < 0} minus the OID of a leaf. */
    public long link() {
        return link;
    }
}
