package org.dacite.cli;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import org.dacite.store.StoreException;

/**
 * Revisions that are numbered by a column, such as the blocks of a chain: the message of each is the name of the column and its
 * number. So the number is part of the revision's hash, and after whatever end the next load knows where to go on. For one
 * thread.
 */
final class Numbering {
    private static final int LOOKED_AT_FIRST = 16;

    private final String column;
    private final Pattern message;
    private OptionalLong newest = OptionalLong.empty();
    private Optional<Revision> known = Optional.empty();
    private OptionalLong read = OptionalLong.empty();

    Numbering(String column) {
        this.column = column;
        this.message = Pattern.compile(Pattern.quote(column) + " (-?[0-9]{1,19})");
    }

    String message(long number) {
        return column + " " + number;
    }

    /** The number of the newest revision of a branch that has one, from which this load goes on; empty when none has. */
    OptionalLong newest(Dacite dacite, Branch branch) {
        known = branch.head();
        newest = newest(dacite, known);
        return newest;
    }

    private OptionalLong newest(Dacite dacite, Optional<Revision> head) {
        OptionalLong[] found = {OptionalLong.empty()};
        for (long limit : new long[] {1, LOOKED_AT_FIRST, Long.MAX_VALUE}) {
            if (head.isPresent() && found[0].isEmpty()) {
                dacite.log(head.get(), limit, each -> found[0] = found[0].isPresent() ? found[0] : of(each));
            }
        }
        return found[0];
    }

    /**
     * Refuses to commit on a revision that does not go on from where this load stands, since another load is at work on the
     * branch, or somebody reset it. Commits without a number are in nobody's way.
     */
    void requireOwn(Dacite dacite, Branch branch, Optional<Revision> parent) {
        if (parent.map(Revision::id).equals(known.map(Revision::id))) {
            return;
        }
        OptionalLong found = newest(dacite, parent);
        if (!found.equals(newest)) {
            throw new StoreException(
                    "expected " + named(newest) + " to be the newest on branch '" + branch.name()
                            + "', as this load left it, got " + named(found)
                            + ", since another load or a reset moved the branch; run one load at a time, the next one goes on from there");
        }
    }

    private String named(OptionalLong number) {
        return number.isPresent() ? "'" + message(number.getAsLong()) + "'" : "no '" + column + "'";
    }

    /** Takes note of the revision that was committed with a number. */
    void committed(long number, Revision revision) {
        newest = OptionalLong.of(number);
        known = Optional.of(revision);
    }

    private OptionalLong of(Revision revision) {
        Matcher found = message.matcher(revision.message());
        return found.matches() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
    }

    /** The number of a record, which must not be less than that of the one before. */
    long next(Records.Entry entry) {
        String text = entry.marks().revision();
        try {
            long number = Long.parseLong(text.strip());
            if (read.isPresent() && number < read.getAsLong()) {
                throw new BadRecordException(
                        entry.line(),
                        "expected a number of " + read.getAsLong() + " or more in column '" + column
                                + "', since the records of a revision come before those of the next, got " + number
                                + "; have them in the order of that column");
            }
            read = OptionalLong.of(number);
            return number;
        } catch (NumberFormatException e) {
            throw new BadRecordException(
                    entry.line(), "expected a whole number in column '" + column + "', got '" + text + "'", e);
        }
    }

    /** Whether a number was loaded already. */
    boolean isLoaded(long number) {
        return newest.isPresent() && number <= newest.getAsLong();
    }
}
