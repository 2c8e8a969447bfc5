package org.dacite.store;

import java.util.OptionalLong;

/**
 * Which revisions pruning keeps, besides the heads of branches: those that one of these rules names. With no rule at all,
 * everything is kept; what is on the line of no branch and no tag is kept by no rule.
 *
 * @param last so many of each branch, its head included; 1 or more
 * @param sinceMillis those made at that time or later, in milliseconds since 1970 UTC
 * @param every those whose height it divides; 1 or more
 * @param tags whether to keep what a tag names
 */
public record Keep(OptionalLong last, OptionalLong sinceMillis, OptionalLong every, boolean tags) {
    public Keep {
        atLeastOne("last", last);
        atLeastOne("every", every);
    }

    private static void atLeastOne(String what, OptionalLong got) {
        if (got.isPresent() && got.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "expected a rule '" + what + "' of 1 or more, since a store keeps at least"
                            + " the heads of its branches, got " + got.getAsLong());
        }
    }

    /** Whether no rule asks to give anything up. */
    public boolean everything() {
        return last.isEmpty() && sinceMillis.isEmpty() && every.isEmpty() && !tags;
    }
}
