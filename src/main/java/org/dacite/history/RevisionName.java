package org.dacite.history;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dacite.store.Revision;
import org.dacite.store.Store;
import org.dacite.store.StoreException;

/**
 * Finds the revision that a name means: a branch, a tag, a revision id, eight digits or more of a hash, or {@code ~N} behind
 * any of them for the N-th revision before it; {@code ~N} alone counts from the head of {@code main}.
 */
final class RevisionName {
    private static final Pattern BACK = Pattern.compile("(.*?)~([0-9]{1,18})");
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{8,64}");

    private RevisionName() {}

    static Revision resolve(Store store, String name) {
        Matcher back = BACK.matcher(name);
        if (back.matches()) {
            Revision from = back.group(1).isEmpty() ? main(store) : resolve(store, back.group(1));
            return back(store, from, Long.parseLong(back.group(2)), name);
        }
        Optional<Revision> found = store.names(names -> names.head(name).or(() -> names.tagged(name)));
        if (found.isEmpty() && ID.matcher(name).matches()) {
            found = store.revision(Long.parseLong(name));
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (found.isEmpty() && HASH.matcher(lower).matches()) {
            found = byHash(store, lower);
        }
        return found.orElseThrow(() -> new UnknownRevisionException(
                "expected a branch, a tag, a revision id or eight or more digits of a hash, got '" + name
                        + "', which names no revision; 'dacite log', 'dacite branch' and 'dacite tag' list them"));
    }

    private static Revision main(Store store) {
        return store.names(names -> names.head(Branch.MAIN).orElseThrow(() -> Branch.unknown(Branch.MAIN, names)));
    }

    private static Revision back(Store store, Revision from, long steps, String name) {
        if (steps > from.height()) {
            throw new UnknownRevisionException("expected at most ~" + from.height() + " from revision " + from.id()
                    + ", which has so many before it, got '" + name + "'");
        }
        return store.ancestor(from, from.height() - steps)
                .orElseThrow(() -> new StoreException("expected the revision " + steps + " before revision " + from.id()
                        + ", found none; the store is damaged, run 'dacite fsck'"));
    }

    private static Optional<Revision> byHash(Store store, String digits) {
        byte[] from = HexFormat.of().parseHex(digits + "0".repeat(64 - digits.length()));
        byte[] to = HexFormat.of().parseHex(digits + "f".repeat(64 - digits.length()));
        List<Revision> found = store.hashed(from, to, 2);
        if (found.size() > 1
                && !Arrays.equals(
                        found.get(0).hash().bytes(), found.get(1).hash().bytes())) {
            throw new UnknownRevisionException("expected a hash prefix of one revision, got '" + digits
                    + "', which begins those of revisions " + found.get(0).id() + " and "
                    + found.get(1).id() + "; give more digits");
        }
        return found.stream().findFirst();
    }
}
