package org.dacite.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.dacite.hashing.CanonicalHash;

/**
 * Applies a batch to a tree in one pass: nodes are appended in postfix order, each vertex hashed once, linked trees
 * before the leaf that links them. Nothing recurses, so neither deep trees nor deep nesting can overflow a stack.
 */
public final class Merge {
    private Merge() {}

    /**
     * What a batch made of a tree.
     *
     * @param tree the tree as it is now
     * @param nextOid the first OID that was not given out
     */
    public record Outcome(TreeRef tree, long nextOid) {}

    /**
     * Applies {@code changes} to {@code base}.
     *
     * @param base the tree as it was
     * @param nodes where its nodes come from; what the batch touches is fetched by one recursive statement at most, of a
     *     large batch by one for each {@link Changes#WINDOW} changes, so that memory need not hold more at once
     * @param sink takes the new rows in ascending order of OID
     * @param firstOid the first OID to give out
     * @param revision the id of the revision that writes
     * @throws PrefixException when a key of the outcome is a prefix of another
     * @throws KindException when bytes are put over a tree or a tree over bytes
     */
    public static Outcome apply(
            TreeRef base,
            Changes changes,
            NodeSource nodes,
            NodeSink sink,
            CanonicalHash rule,
            long firstOid,
            long revision) {
        Shared shared = new Shared(
                nodes, new Weights(changes), sink, rule, new OidCounter(firstOid), revision, new HashMap<>());
        Deque<TreeMerge> open = new ArrayDeque<>();
        open.push(TreeMerge.outermost(shared, base.top(), changes));
        while (true) {
            TreeMerge inner = open.peek().advance();
            if (inner != null) {
                open.push(inner);
                continue;
            }
            TreeRef done = open.pop().outcome();
            if (open.isEmpty()) {
                return new Outcome(done, shared.oids.peek());
            }
            open.peek().resume(done);
        }
    }

    /**
     * What the merges of one batch share.
     *
     * @param nodes where old nodes come from
     * @param weights what must not be held at once
     * @param outcomes what came of those that are done
     */
    record Shared(
            NodeSource nodes,
            Weights weights,
            NodeSink sink,
            CanonicalHash rule,
            OidCounter oids,
            long revision,
            Map<Work, TreeRef> outcomes) {}

    /** A batch, this one and no equal one, on the tree with this top. */
    record Work(Changes changes, long top) {}
}
