package org.dacite.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.dacite.bits.PaddedBits;
import org.dacite.proof.ProofWriter;

/**
 * Writes a tree as an incomplete tree that shows what it has and an older one has not, and leaves out, as stubs, the subtrees
 * that both have; against the empty tree it is all of it. Memory is in proportion to the depth and the width of the walk.
 * For one thread.
 *
 * <p>Nodes arrive in key order, and where two of them part says which vertices stand between them:
 *
 * <pre>
 *   0010   0111 | 1100      0010 and 0111 part at bit 1, 0111 and 1100 at bit 0:
 *      part 1   part 0      leaf 0010, leaf 0111, join at 1, leaf 1100, join at 0
 * </pre>
 */
public final class Packer {
    private static final int NONE = -1;

    private final ProofWriter out;
    private final List<Level> levels = new ArrayList<>();
    private final List<Leaf> open = new ArrayList<>();

    private Packer(ProofWriter out) {
        this.out = out;
    }

    /**
     * Writes the tokens.
     *
     * @param before top of the older tree, 0 for the empty one
     * @param after top of the tree to write
     * @param progress told how many leaves were written so far, after each
     * @return how many leaves it shows
     */
    public static long pack(NodeSource source, long before, long after, ProofWriter out, LongConsumer progress) {
        Packer packer = new Packer(out);
        packer.levels.add(new Level());
        long leaves = 0;
        Comparison walk = Comparison.withShared(source, before, after);
        while (walk.hasNext()) {
            Comparison.Difference each = walk.next();
            Node node = each.shared() == null ? each.after() : each.shared();
            if (node != null) {
                packer.enter(each.trees());
                packer.innermost().arrive(node, each.shared() != null, out);
                leaves += each.shared() == null ? 1 : 0;
                progress.accept(leaves);
            }
        }
        packer.enter(List.of());
        packer.innermost().end(out);
        return leaves;
    }

    /** Ends the linked trees that are open and not among these, and opens those that are not open. */
    private void enter(List<Leaf> trees) {
        int shared = 0;
        while (shared < Math.min(trees.size(), open.size())
                && open.get(shared).oid() == trees.get(shared).oid()) {
            shared++;
        }
        while (open.size() > shared) {
            open.remove(open.size() - 1);
            levels.remove(levels.size() - 1).end(out);
        }
        for (Leaf link : trees.subList(shared, trees.size())) {
            innermost().arrive(link, false, out);
            open.add(link);
            levels.add(new Level());
        }
    }

    private Level innermost() {
        return levels.get(levels.size() - 1);
    }

    /** One tree: its last node, which is written when the next one tells where its skip begins, and the parts open to its left. */
    private static final class Level {
        private Node last;
        private boolean isStub;
        private int[] parts = new int[32];
        private int size;

        private void arrive(Node node, boolean stub, ProofWriter out) {
            if (last != null) {
                int part = PaddedBits.commonPrefixLength(last.bits(), last.endBit(), node.bits(), node.endBit());
                leave(part, out);
                if (size == parts.length) {
                    parts = Arrays.copyOf(parts, size * 2);
                }
                parts[size++] = part;
            }
            last = node;
            isStub = stub;
        }

        private void end(ProofWriter out) {
            if (last != null) {
                leave(NONE, out);
            }
        }

        /** Writes the last node, and every join that ends before a node which parts from it there. */
        private void leave(int part, ProofWriter out) {
            write(1 + Math.max(part, open()), out);
            while (size > 0 && parts[size - 1] > part) {
                int depth = parts[--size];
                out.join(last.bits(), 1 + Math.max(part, open()), depth);
            }
        }

        private int open() {
            return size == 0 ? NONE : parts[size - 1];
        }

        private void write(int skipFrom, ProofWriter out) {
            if (isStub) {
                out.stub(last.bits(), skipFrom, last.endBit(), last.hash());
            } else if (((Leaf) last).isTree()) {
                out.enclose(last.bits(), skipFrom, last.endBit());
            } else {
                out.leaf(last.bits(), skipFrom, last.endBit(), ((Leaf) last).value());
            }
        }
    }
}
