package org.dacite.store;

import java.util.Optional;

/**
 * Where branches stand while a transaction writes, with as few questions and rows as can be: what is known since the last one is not
 * asked again, and of the branch that follows the newest revision no row is written as long as it is the one that is committed to. For
 * one transaction.
 */
final class Heads {
    private final NameRows names;
    private final ContextRows contexts;
    private Standing standing;
    private Optional<String> scheme;
    private Revision appended;

    /** The branch that follows; null as long as that was not asked. */
    private String following;

    /** Whether none does. */
    private boolean noneFollows;

    /** The revision that was appended and may turn out to be the next one on the branch that follows; 0: there is none. */
    private long unplaced;

    /**
     * The branches as they are when a transaction begins.
     *
     * @param known where one of them stands; null: that is not known
     */
    Heads(NameRows names, ContextRows contexts, Standing known) {
        this.names = names;
        this.contexts = contexts;
        this.standing = known;
    }

    /** Where a branch and the store stand; empty when there is none of that name. */
    Optional<Standing> standing(String branch) {
        pin();
        Optional<Standing> found = Optional.ofNullable(standing)
                .filter(known -> known.branch().equals(branch))
                .or(() -> names.standing(branch));
        found.ifPresent(known -> {
            scheme = known.scheme();
            following = known.follows() ? branch : following;
        });
        return found;
    }

    /** Where the branch stands that was committed to; null where that is not certain. */
    Standing standing() {
        return standing;
    }

    /** Which hashes commits carry beside the store's own. */
    Optional<String> scheme() {
        if (scheme == null) {
            scheme = contexts.scheme();
        }
        return scheme;
    }

    /** Before a revision is appended, which may be the next one on the branch that follows. */
    void append(Revision revision) {
        pin();
        standing = null;
        appended = revision;
        unplaced = noneFollows ? 0 : revision.id();
        if (following == null) {
            pin();
        }
    }

    /** Moves a branch to the revision that was appended, and makes it when there is none of that name; from now on it follows. */
    void advance(String branch) {
        if (unplaced == 0 || !branch.equals(following)) {
            pin();
            names.follow(branch);
            following = branch;
            noneFollows = false;
        }
        unplaced = 0;
        standing =
                new Standing(branch, appended, new RevisionRows.End(appended.id(), appended.lastOid()), true, scheme());
    }

    /** Writes down where the branch stands that followed when a revision was appended, if that one is not on it. */
    void pin() {
        if (unplaced > 0) {
            names.pin(unplaced);
            unplaced = 0;
            following = null;
            noneFollows = true;
        }
    }

    /** Branches, schemes and what is given up may be read, and changed by others than this. */
    void mayChange() {
        pin();
        following = null;
        scheme = null;
        standing = null;
    }
}
