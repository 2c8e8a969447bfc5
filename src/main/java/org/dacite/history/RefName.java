package org.dacite.history;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dacite.store.NameRows;

/** What branches and tags may be called: nothing that a revision is called otherwise. */
final class RefName {
    static final int MAX_LENGTH = 255;

    private static final int MAX_LISTED = 20;

    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}_.][\\p{L}\\p{N}_./+@-]*");
    private static final Pattern ID = Pattern.compile("[0-9]+");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{8,64}");

    private RefName() {}

    /** A {@link NameException} unless the name is valid and no branch or tag has it. */
    static void requireFree(String name, NameRows names) {
        requireValid(name);
        Optional<String> taken = names.head(name).isPresent()
                ? Optional.of("a branch")
                : names.tagged(name).map(revision -> "a tag");
        if (taken.isPresent()) {
            throw new NameException(
                    "expected a name that is free, got '" + name + "', which " + taken.get() + " has already");
        }
    }

    private static void requireValid(String name) {
        requireWord(name);
        if (ID.matcher(name).matches() || HASH.matcher(name).matches()) {
            throw new NameException("expected a name that cannot be taken for a revision's id or hash, got '" + name
                    + "'; add a letter");
        }
    }

    /** A {@link NameException} unless the name is made of what names are made of. */
    static void requireWord(String name) {
        if (!isWord(name)) {
            throw new NameException("expected a name of 1 to " + MAX_LENGTH
                    + " letters, digits and _ . / + @ - that begins with a letter, a digit, _ or ., got '" + name
                    + "'");
        }
    }

    /** The names that there are, as a message lists them: the first of them where there are many. */
    static String oneOf(Set<String> names) {
        return "one of " + names.stream().limit(MAX_LISTED).collect(Collectors.joining(", "))
                + (names.size() > MAX_LISTED ? " and " + (names.size() - MAX_LISTED) + " more" : "");
    }

    /** Whether a name is made of what names are made of. */
    static boolean isWord(String name) {
        return name.codePointCount(0, name.length()) <= MAX_LENGTH
                && ALLOWED.matcher(name).matches();
    }
}
