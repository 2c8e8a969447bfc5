package org.dacite.reference;

import java.util.Collection;
import java.util.List;

/** What a proof is asked of one tree, and of the trees linked in it. Keys and prefixes are text of '0' and '1'. */
public interface Asked {
    /** Whether something that is asked for could stand at or below a node with these bits. */
    boolean leadsTo(String prefix);

    /** Whether this key is asked for. */
    boolean holds(String key);

    /** What is asked of the tree that this key links to, null for nothing. */
    Asked inside(String key);

    /** Some keys. */
    static Asked keys(Collection<byte[]> keys) {
        List<String> bits = keys.stream().map(ReferenceBits::ofKey).toList();
        return new Asked() {
            @Override
            public boolean leadsTo(String prefix) {
                return bits.stream().anyMatch(key -> key.startsWith(prefix));
            }

            @Override
            public boolean holds(String key) {
                return bits.contains(key);
            }

            @Override
            public Asked inside(String key) {
                return null;
            }
        };
    }

    /** The keys {@code [from, to)}; {@code to} null: to the end. */
    static Asked range(byte[] from, byte[] to) {
        String low = ReferenceBits.ofKey(from);
        String high = to == null ? null : ReferenceBits.ofKey(to);
        return new Asked() {
            @Override
            public boolean leadsTo(String prefix) {
                String first = prefix + "0".repeat((8 - prefix.length() % 8) % 8);
                boolean wholeBefore = prefix.compareTo(low) < 0 && !low.startsWith(prefix);
                boolean wholeAfter = high != null && first.compareTo(high) >= 0;
                return !wholeBefore && !wholeAfter;
            }

            @Override
            public boolean holds(String key) {
                return key.compareTo(low) >= 0 && (high == null || key.compareTo(high) < 0);
            }

            @Override
            public Asked inside(String key) {
                return null;
            }
        };
    }

    /** Some keys of any trees, each behind the keys of the links that lead to its tree, outermost first. */
    static Asked paths(Collection<List<byte[]>> paths) {
        Asked here = keys(paths.stream().map(path -> path.get(0)).toList());
        return new Asked() {
            @Override
            public boolean leadsTo(String prefix) {
                return here.leadsTo(prefix);
            }

            @Override
            public boolean holds(String key) {
                return here.holds(key);
            }

            @Override
            public Asked inside(String key) {
                List<List<byte[]>> below = paths.stream()
                        .filter(path -> path.size() > 1
                                && ReferenceBits.ofKey(path.get(0)).equals(key))
                        .map(path -> path.subList(1, path.size()))
                        .toList();
                return below.isEmpty() ? null : paths(below);
            }
        };
    }

    /** All that {@code last} asks, of the tree that the links {@code path} lead to, outermost first. */
    static Asked below(List<byte[]> path, Asked last) {
        if (path.isEmpty()) {
            return last;
        }
        Asked here = keys(path.subList(0, 1));
        Asked rest = below(path.subList(1, path.size()), last);
        return new Asked() {
            @Override
            public boolean leadsTo(String prefix) {
                return here.leadsTo(prefix);
            }

            @Override
            public boolean holds(String key) {
                return here.holds(key);
            }

            @Override
            public Asked inside(String key) {
                return rest;
            }
        };
    }
}
