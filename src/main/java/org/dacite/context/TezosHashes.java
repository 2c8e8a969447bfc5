package org.dacite.context;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dacite.hashing.Digest;
import org.dacite.history.Commit;
import org.dacite.history.Dacite;
import org.dacite.store.ContextRows;
import org.dacite.store.Revision;

/**
 * The Tezos hashes that the commits of a store carry beside the store's own, where {@link HashScheme#TEZOS} is settled. Whoever
 * commits, and however, the commit carries one. The first has no parent, as Tezos sees it. Stateless; any thread.
 */
public final class TezosHashes {
    private static final int PREFIX_DIGITS = 8;

    private TezosHashes() {}

    /** Whether commits carry them. */
    public static boolean areCarried(Dacite dacite) {
        return dacite.store().contexts(ContextRows::scheme).isPresent();
    }

    /** What a revision carries; none where it was committed before commits did, or was pruned. */
    public static Optional<Committed.Tezos> of(Dacite dacite, Revision revision) {
        return dacite.store().contexts(rows -> of(rows, revision));
    }

    static Optional<Committed.Tezos> of(ContextRows rows, Revision revision) {
        return rows.hash(revision.id())
                .flatMap(hash -> root(rows, revision.rootLink()).map(root -> new Committed.Tezos(hash, root)));
    }

    private static Optional<Digest> root(ContextRows rows, long top) {
        if (top == 0) {
            return Optional.of(Digest.of(new TezosHash().flat(List.of())));
        }
        return Optional.ofNullable(rows.directories(new long[] {top}).get(top)).map(each -> Digest.of(each.hash()));
    }

    /** What a commit would come to. */
    static Committed foreseen(Dacite dacite, Commit commit) {
        if (!areCarried(dacite)) {
            return new Committed(commit.preview(dacite).revision(), Optional.empty(), Optional.empty());
        }
        TreeChanges[] changes = new TreeChanges[1];
        Commit.Preview preview = commit.preview(dacite, rows -> {
            changes[0] = new TreeChanges(rows);
            return changes[0];
        });
        TezosDirectories directories = new TezosDirectories(new TezosHash(), preview.nodes(), dacite.store()::contexts);
        Digest hash = new TezosCommit(directories, dacite.store()::contexts)
                .hash(changes[0].trees(), commit.parent(), preview.revision());
        Digest root = Digest.of(directories.hash(preview.revision().rootLink()));
        return new Committed(preview.revision(), Optional.empty(), Optional.of(new Committed.Tezos(hash, root)));
    }

    /**
     * The revision that carries a hash, given as {@code Co…} or in hexadecimal, of which eight digits or more will do; empty where
     * no commit carries it. One with which the hashes of several commits begin is an
     * {@link IllegalArgumentException}.
     */
    public static Optional<Revision> find(Dacite dacite, String word) {
        Optional<String> hex = digits(word);
        if (hex.isEmpty() || !areCarried(dacite)) {
            return Optional.empty();
        }
        byte[] from = bytes(hex.get(), '0');
        byte[] to = bytes(hex.get(), 'f');
        Map<Long, Digest> found = dacite.store().contexts(rows -> rows.hashed(from, to, 2));
        List<Digest> different = found.values().stream().distinct().toList();
        if (different.size() > 1) {
            throw new IllegalArgumentException("expected the hash of one commit, got '" + word
                    + "', with which the hashes of several begin; give more digits");
        }
        return found.keySet().stream()
                .min(Long::compare)
                .flatMap(id -> dacite.store().revision(id));
    }

    private static Optional<String> digits(String word) {
        if (TezosText.looksLike(word)) {
            return Optional.of(TezosText.parse(word).toString());
        }
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.length() >= PREFIX_DIGITS
                        && lower.length() <= 2 * Digest.BYTES
                        && lower.chars().allMatch(HexFormat::isHexDigit)
                ? Optional.of(lower)
                : Optional.empty();
    }

    private static byte[] bytes(String digits, char filler) {
        char[] all = new char[2 * Digest.BYTES];
        Arrays.fill(all, filler);
        digits.getChars(0, digits.length(), all, 0);
        return HexFormat.of().parseHex(new String(all));
    }
}
