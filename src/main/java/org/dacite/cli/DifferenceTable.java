package org.dacite.cli;

import java.util.Optional;
import org.dacite.bits.KeyCodec;

/** Differences as rows for people, and the sentence that counts them. For one answer. */
final class DifferenceTable {
    private final Table table;
    private long added;
    private long changed;
    private long deleted;

    DifferenceTable(Session session) {
        table = session.table("tree", " ", "key", "before", "after");
    }

    /** One row; {@code tree} null: the key is in the tree that was asked about. */
    void row(String tree, String key, Optional<byte[]> before, Optional<byte[]> after) {
        table.row(tree, sign(before, after), key, show(before), show(after));
    }

    /** Writes what is still waiting. */
    void end() {
        table.end();
    }

    /** How many there were of each kind. */
    String sentence() {
        long all = added + changed + deleted;
        return all == 0
                ? "no difference"
                : RevisionLine.counted(all, "difference", "differences") + ": " + added + " added, " + changed
                        + " changed, " + deleted + " deleted";
    }

    /** One difference for scripts. */
    static Json json(String tree, String key, Optional<byte[]> before, Optional<byte[]> after) {
        Json line = tree == null ? Json.object() : Json.object().with("tree", tree);
        return line.with("key", key).with("before", before.orElse(null)).with("after", after.orElse(null));
    }

    private String sign(Optional<byte[]> before, Optional<byte[]> after) {
        if (before.isEmpty()) {
            added++;
            return "+";
        }
        if (after.isEmpty()) {
            deleted++;
            return "-";
        }
        changed++;
        return "~";
    }

    private static String show(Optional<byte[]> value) {
        return value.map(KeyCodec::showBytes).orElse(null);
    }
}
