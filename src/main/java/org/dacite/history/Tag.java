package org.dacite.history;

import java.util.Optional;
import org.dacite.store.NameRows;
import org.dacite.store.Revision;

/**
 * A name for one revision. Any thread.
 *
 * <p>A name that is taken or not valid is a {@link NameException}; one that is missing, an
 * {@link UnknownRevisionException}; a revision that is not of this store or was pruned, an {@link UnknownRevisionException}
 * or a {@link PrunedRevisionException}.
 */
public final class Tag {
    private final Dacite dacite;
    private final String name;

    Tag(Dacite dacite, String name) {
        this.dacite = dacite;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The revision that it names; none when there is no such tag. */
    public Optional<Revision> revision() {
        return dacite.store().names(names -> names.tagged(name));
    }

    /** The revision that it names; an {@link UnknownRevisionException} that names the tags there are when it is none of them. */
    public Revision getRevision() {
        return dacite.store().names(this::revision);
    }

    /** Makes the tag. */
    public void create(Revision at) {
        dacite.store().write(transaction -> {
            RefName.requireFree(name, transaction.names());
            transaction.names().addTag(name, dacite.own(transaction, at).id());
            return null;
        });
    }

    /** Gives the tag another name, which this value does not have. */
    public void rename(String newName) {
        dacite.store().write(transaction -> {
            Revision revision = revision(transaction.names());
            RefName.requireFree(newName, transaction.names());
            transaction.names().deleteTag(name);
            transaction.names().addTag(newName, revision.id());
            return null;
        });
    }

    /** Deletes the tag; its revision stays until it is pruned. */
    public void delete() {
        dacite.store().write(transaction -> {
            revision(transaction.names());
            transaction.names().deleteTag(name);
            return null;
        });
    }

    private Revision revision(NameRows names) {
        return names.tagged(name)
                .orElseThrow(() -> new UnknownRevisionException("expected a tag, "
                        + (names.tags().isEmpty()
                                ? "but there are none"
                                : RefName.oneOf(names.tags().keySet()))
                        + ", got '" + name + "'"));
    }
}
