package org.dacite.proof;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.dacite.bits.Bits;

/**
 * The two trees of a proof of a difference have the trusted roots, but one leaves out a part that the other does not, or
 * not with the same hash: there may be changes that it does not show.
 */
public final class UnprovenDifferenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Bits> trees;
    private final transient Bits prefix;

    private UnprovenDifferenceException(VerifiedTree.Hidden part, String where) {
        super("expected both trees to leave out the same, got a part left out of " + where
                + ": the keys that begin with "
                + show(part.prefix())
                + (part.trees().isEmpty()
                        ? ""
                        : " in the tree "
                                + part.trees().stream()
                                        .map(UnprovenDifferenceException::show)
                                        .collect(Collectors.joining("/"))));
        this.trees = part.trees();
        this.prefix = part.prefix();
    }

    /** For the first parts that are not the same; one of them may be null. */
    static UnprovenDifferenceException between(VerifiedTree.Hidden first, VerifiedTree.Hidden second) {
        int order = first == null ? 1 : second == null ? -1 : KeyOrder.compare(first, second);
        if (order == 0) {
            return new UnprovenDifferenceException(first, "both, and not the same");
        }
        return order < 0
                ? new UnprovenDifferenceException(first, "the first alone")
                : new UnprovenDifferenceException(second, "the second alone");
    }

    /** The names of the trees that lead to the part, canonical keys, outermost first. */
    public List<Bits> trees() {
        return trees;
    }

    /** The bits that the keys of the part begin with. */
    public Bits prefix() {
        return prefix;
    }

    /** Whole bytes in hexadecimal, what is left in bits. */
    static String show(Bits bits) {
        int whole = bits.length() / 8 * 8;
        String rest = bits.slice(whole, bits.length()).toString();
        String hex = HexFormat.of().formatHex(Arrays.copyOf(bits.padded(), whole / 8));
        if (bits.length() == 0) {
            return "anything";
        }
        return whole == 0 ? "the bits " + rest : "0x" + hex + (rest.isEmpty() ? "" : " and the bits " + rest);
    }
}
