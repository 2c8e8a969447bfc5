package org.dacite.proof;

import java.util.List;
import org.dacite.bits.Bits;

/** The order in which keys of two maps stand beside each other: that of a walk down both trees at once. */
final class KeyOrder {
    private KeyOrder() {}

    /**
     * Negative, zero or positive: a key of the first map stands before a key of the second, is the same, or stands
     * behind it. A value gives way to a tree of the same name, or a tree to a value: then the first map's comes first.
     */
    static int compare(VerifiedTree.Shown first, VerifiedTree.Shown second) {
        return compare(first.trees(), first.key(), second.trees(), second.key());
    }

    /** The same for parts that are left out. */
    static int compare(VerifiedTree.Hidden first, VerifiedTree.Hidden second) {
        return compare(first.trees(), first.prefix(), second.trees(), second.prefix());
    }

    private static int compare(List<Bits> firstTrees, Bits firstKey, List<Bits> secondTrees, Bits secondKey) {
        int depth = Math.min(firstTrees.size(), secondTrees.size());
        for (int i = 0; i <= depth; i++) {
            int order = compare(at(firstTrees, firstKey, i), at(secondTrees, secondKey, i));
            if (order != 0) {
                return order;
            }
        }
        return firstTrees.size() == secondTrees.size() ? 0 : -1;
    }

    private static Bits at(List<Bits> trees, Bits key, int index) {
        return index == trees.size() ? key : trees.get(index);
    }

    /** Bit by bit; a bit string stands before those that begin with it. */
    private static int compare(Bits a, Bits b) {
        int common = a.commonPrefixLength(b);
        return common == a.length() || common == b.length()
                ? Integer.compare(a.length(), b.length())
                : Integer.compare(a.bit(common), b.bit(common));
    }
}
