package org.dacite.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.dacite.hashing.Digest;
import org.dacite.reference.ReferenceBits;
import org.dacite.reference.ReferenceHash;

/**
 * Writes the files of good and bad proofs under {@code src/test/resources/log}, from the reference alone. A line is
 * {@code outcome, what it is, two values to check it against, proof}, with tabs between; the outcome is {@code holds},
 * {@code fails} or {@code refused} and the byte.
 */
final class GoldenProofs {
    static final String HOLDS = "holds";
    static final String FAILS = "fails";
    static final String REFUSED = "refused ";

    private static final int INCLUSION = 1;
    private static final int CONSISTENCY = 2;
    private static final int COUNT_BYTE = 9;

    private final ReferenceHash hash;
    private final ReferenceLog log;
    private final StringBuilder out;

    private GoldenProofs(ReferenceHash hash, StringBuilder out) {
        this.hash = hash;
        this.out = out;
        this.log = new ReferenceLog(
                hash,
                IntStream.range(0, KnownLog.ENTRIES.size())
                        .mapToObj(KnownLog::entry)
                        .toList());
    }

    static String inclusion() {
        StringBuilder out = new StringBuilder("""
                # Proofs that an entry stands in the known log of eight entries when it had n of them.
                # Made by GoldenProofs; to write anew: mvn -B -ntp verify -Dtest=GoldenProofsTest -Ddacite.log.write=true
                # The leaf of the entry 10:    printf '\\x00\\x10' | sha256sum
                # outcome\twhat\tentry\troot\tproof
                """);
        for (ReferenceHash hash : ReferenceHash.values()) {
            new GoldenProofs(hash, out).goodInclusions();
        }
        new GoldenProofs(ReferenceHash.SHA256, out).badInclusions();
        return out.toString();
    }

    static String consistency() {
        StringBuilder out = new StringBuilder("""
                # Proofs that the known log of eight entries has only grown from its first m entries to its first n.
                # Made by GoldenProofs; to write anew: mvn -B -ntp verify -Dtest=GoldenProofsTest -Ddacite.log.write=true
                # The root of two entries, of their leaves:    { printf '\\x01'; printf LEFTRIGHT | xxd -r -p; } | sha256sum
                # outcome\twhat\tfirst root\tsecond root\tproof
                """);
        for (ReferenceHash hash : ReferenceHash.values()) {
            new GoldenProofs(hash, out).goodConsistencies();
        }
        new GoldenProofs(ReferenceHash.SHA256, out).badConsistencies();
        return out.toString();
    }

    private void goodInclusions() {
        for (int[] at : new int[][] {{0, 1}, {0, 2}, {1, 2}, {2, 3}, {1, 5}, {4, 5}, {6, 7}, {0, 8}, {5, 8}, {7, 8}}) {
            String what = hash + ", index " + at[0] + ", size " + at[1];
            inclusion(HOLDS, what, at[0], log.root(at[1]), inclusionForm(at[0], at[1], log.inclusion(at[0], at[1])));
        }
    }

    private void badInclusions() {
        List<Digest> path = log.inclusion(5, 7);
        Digest root = log.root(7);
        byte[] right = inclusionForm(5, 7, path);
        for (List<Digest> wrong : WrongPaths.of(path)) {
            inclusion(FAILS, "a digest wrong, missing, too many or elsewhere", 5, root, inclusionForm(5, 7, wrong));
        }
        inclusion(FAILS, "another entry", 4, root, right);
        inclusion(FAILS, "the root of another size", 5, log.root(8), right);
        inclusion(FAILS, "another index", 5, root, inclusionForm(4, 7, path));
        inclusion(FAILS, "another size and its root", 5, log.root(6), inclusionForm(5, 6, path));
        inclusion(FAILS, "an index as large as the size", 5, root, inclusionForm(7, 7, path));
        inclusion(FAILS, "an entry of no log", 0, log.root(0), inclusionForm(0, 0, List.of()));
        inclusion(FAILS, "another algorithm", 5, root, with(right, 5, 2));
        refusals(right).forEach(each -> inclusion(each.outcome, each.what, 5, root, each.proof));
    }

    private void goodConsistencies() {
        for (int[] at : new int[][] {{0, 0}, {0, 5}, {1, 1}, {1, 8}, {2, 5}, {3, 7}, {4, 7}, {4, 8}, {6, 8}, {7, 8}}) {
            String what = hash + ", from " + at[0] + " to " + at[1];
            byte[] proof = consistencyForm(at[0], at[1], log.consistency(at[0], at[1]));
            consistency(HOLDS, what, log.root(at[0]), log.root(at[1]), proof);
        }
    }

    private void badConsistencies() {
        List<Digest> path = log.consistency(3, 7);
        Digest first = log.root(3);
        Digest second = log.root(7);
        byte[] right = consistencyForm(3, 7, path);
        for (List<Digest> wrong : WrongPaths.of(path)) {
            String what = "a digest wrong, missing, too many or elsewhere";
            consistency(FAILS, what, first, second, consistencyForm(3, 7, wrong));
        }
        for (List<Digest> wrong : WrongPaths.of(log.consistency(4, 7))) {
            String what = "a digest wrong, missing, too many or elsewhere, from a power of two";
            consistency(FAILS, what, log.root(4), second, consistencyForm(4, 7, wrong));
        }
        consistency(FAILS, "another first root", log.root(2), second, right);
        consistency(FAILS, "another second root", first, log.root(8), right);
        consistency(FAILS, "another first size and its root", log.root(2), second, consistencyForm(2, 7, path));
        consistency(FAILS, "another second size and its root", first, log.root(8), consistencyForm(3, 8, path));
        consistency(FAILS, "a log that shrinks", second, first, consistencyForm(7, 3, path));
        consistency(FAILS, "no digest", first, second, consistencyForm(3, 7, List.of()));
        consistency(FAILS, "a digest from size 0", log.root(0), second, consistencyForm(0, 7, path.subList(0, 1)));
        consistency(FAILS, "another root of size 0", first, second, consistencyForm(0, 7, List.of()));
        consistency(FAILS, "a digest between equal sizes", first, first, consistencyForm(3, 3, path.subList(0, 1)));
        consistency(FAILS, "two roots of one size", first, second, consistencyForm(3, 3, List.of()));
        consistency(FAILS, "another algorithm", first, second, with(right, 5, 3));
        refusals(right).forEach(each -> consistency(each.outcome, each.what, first, second, each.proof));
    }

    private record Refusal(String outcome, String what, byte[] proof) {}

    private static List<Refusal> refusals(byte[] right) {
        byte[] header = Arrays.copyOf(right, COUNT_BYTE);
        List<Refusal> refusals = new ArrayList<>();
        refusals.add(new Refusal(REFUSED + 0, "nothing", new byte[0]));
        refusals.add(new Refusal(REFUSED + 3, "the proof of a map", with(right, 3, '1')));
        refusals.add(new Refusal(REFUSED + 4, "another version", with(right, 4, 2)));
        refusals.add(new Refusal(REFUSED + 5, "no algorithm", with(right, 5, 4)));
        refusals.add(new Refusal(REFUSED + 6, "no kind", with(right, 6, 3)));
        refusals.add(new Refusal(
                REFUSED + 7, "a long varint", joined(Arrays.copyOf(right, 7), new byte[] {(byte) 0x83, 0})));
        refusals.add(new Refusal(REFUSED + COUNT_BYTE, "no count", header));
        refusals.add(new Refusal(REFUSED + COUNT_BYTE, "too many", joined(header, ReferenceBits.varint(129))));
        refusals.add(new Refusal(
                REFUSED + (right.length - 1), "an end within the last digest", Arrays.copyOf(right, right.length - 1)));
        refusals.add(new Refusal(REFUSED + right.length, "a byte too many", joined(right, new byte[1])));
        return refusals;
    }

    private void inclusion(String outcome, String what, int entry, Digest root, byte[] proof) {
        line(outcome, what, KnownLog.ENTRIES.get(entry), root.toString(), proof);
    }

    private void consistency(String outcome, String what, Digest first, Digest second, byte[] proof) {
        line(outcome, what, first.toString(), second.toString(), proof);
    }

    private void line(String outcome, String what, String one, String other, byte[] proof) {
        String hex = HexFormat.of().formatHex(proof);
        out.append(String.join("\t", outcome, what, one, other, hex)).append('\n');
    }

    private byte[] inclusionForm(int index, int size, List<Digest> path) {
        return form(INCLUSION, index, size, path);
    }

    private byte[] consistencyForm(int first, int second, List<Digest> path) {
        return form(CONSISTENCY, first, second, path);
    }

    private byte[] form(int kind, int one, int other, List<Digest> path) {
        byte[] bytes = {'D', 'A', 'C', 'L', 1, (byte) hash.code(), (byte) kind};
        bytes = joined(bytes, ReferenceBits.varint(one));
        bytes = joined(bytes, ReferenceBits.varint(other));
        bytes = joined(bytes, ReferenceBits.varint(path.size()));
        for (Digest digest : path) {
            bytes = joined(bytes, digest.bytes());
        }
        return bytes;
    }

    private static byte[] with(byte[] bytes, int at, int octet) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) octet;
        return changed;
    }

    private static byte[] joined(byte[] left, byte[] right) {
        return ReferenceBits.concat(left, right);
    }
}
