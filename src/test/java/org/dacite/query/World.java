package org.dacite.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dacite.history.Batch;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Entry;
import org.dacite.history.Snapshot;
import org.dacite.store.Revision;

/** A small world with a past: keys, trees and trees in trees that come, change and go at random, from a seed. */
final class World {
    private static final List<List<String>> TREES =
            List.of(List.of(), List.of("accounts"), List.of("names"), List.of("accounts", "savings"));

    private static final int REVISIONS = 14;
    private static final long SEED = 7;

    private World() {}

    /** Revisions of values put and deleted. */
    static List<Revision> grow(Dacite dacite) {
        return grow(dacite, REVISIONS, SEED);
    }

    /** The same, and then revisions that copy and delete whole trees. */
    static List<Revision> whole(Dacite dacite) {
        List<Revision> line = new ArrayList<>(grow(dacite));
        line.addAll(copyAndDelete(dacite));
        return line;
    }

    /** Revisions of values put and deleted; what was linked stays linked from one place. */
    static List<Revision> grow(Dacite dacite, int revisions, long seed) {
        Random random = new Random(seed);
        List<Revision> line = new ArrayList<>();
        for (int i = 0; i < revisions; i++) {
            String message = "revision " + i;
            line.add(dacite.branch(Branch.MAIN).commit(message, batch -> change(batch, random)));
        }
        return line;
    }

    private static void change(Batch batch, Random random) {
        int changes = random.nextInt(12);
        for (int i = 0; i < changes; i++) {
            Batch tree = batch;
            for (String name : TREES.get(random.nextInt(TREES.size()))) {
                tree = tree.tree(name);
            }
            String key = "key " + Integer.toString(random.nextInt(25), 5);
            if (random.nextInt(3) == 0) {
                tree.delete(key);
            } else {
                tree.put(key, "value " + random.nextInt(4));
            }
        }
    }

    /** Two more revisions: a tree copied as a whole, and then one of the two deleted as a whole and put anew. */
    static List<Revision> copyAndDelete(Dacite dacite) {
        Branch main = dacite.branch(Branch.MAIN);
        main.commit("before", batch -> batch.tree("accounts").put("key one", "1"));
        Snapshot accounts = dacite.head().tree("accounts");
        Revision copied = main.commit("copied", batch -> batch.link("copy", accounts));
        Revision changed = main.commit("changed", batch -> {
            batch.tree("copy").put("key one", "2");
            batch.tree("copy").delete("key 0");
        });
        Revision deleted = main.commit("deleted", batch -> batch.delete("accounts"));
        Revision again = main.commit("again", batch -> batch.tree("accounts").put("key one", "3"));
        return List.of(copied, changed, deleted, again);
    }

    static String path(Entry entry) {
        return path(entry.trees());
    }

    /** The names of trees as the queries show them. */
    static String path(List<byte[]> trees) {
        return String.join("/", trees.stream().map(World::text).toList());
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Every key that ever was, and some that never were. */
    static List<Entry> everyKey(Dacite dacite, List<Revision> line) {
        Map<String, Entry> keys = new TreeMap<>();
        for (Revision at : line) {
            dacite.at(at).scan().forEach(each -> keys.put(path(each) + "/" + text(each.key()), each));
        }
        byte[] never = "never".getBytes(StandardCharsets.UTF_8);
        keys.put("", new Entry(List.of(), never, never));
        keys.put("/", new Entry(names("accounts/savings"), never, never));
        keys.put("//", new Entry(names("nowhere"), never, never));
        return List.copyOf(keys.values());
    }

    /** The user keys in a path without escapes. */
    static List<byte[]> names(String path) {
        return path.isEmpty()
                ? List.of()
                : Stream.of(path.split("/"))
                        .map(name -> name.getBytes(StandardCharsets.UTF_8))
                        .toList();
    }

    /** The tree of these names. */
    static Snapshot within(Snapshot top, List<byte[]> trees) {
        Snapshot tree = top;
        for (byte[] name : trees) {
            tree = tree.tree(name);
        }
        return tree;
    }
}
