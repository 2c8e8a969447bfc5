package org.dacite.history;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.log.CompactRange;
import org.dacite.log.StoredLog;
import org.dacite.store.NameRows;
import org.dacite.store.Revision;
import org.dacite.store.WriteTransaction;
import org.dacite.tree.Changes;
import org.dacite.tree.Merge;
import org.dacite.tree.NodeSink;
import org.dacite.tree.TreeRef;

/**
 * A commit on any revision of the store, in canonical keys: what {@link Branch#commit} is made of, for rooms that decide
 * themselves which branch moves. For one thread; immutable, as long as its changes are left alone.
 *
 * @param parent the revision to commit on; none: a line of its own
 * @param note what it says of itself
 * @param changes what changes
 */
public record Commit(Optional<Revision> parent, Note note, Changes changes) {
    /**
     * What a commit would come to.
     *
     * @param revision the revision as it would be, with ids and OIDs that nothing has
     * @param nodes the nodes of the store and those that the commit would append
     */
    public record Preview(Revision revision, PreviewNodes nodes) {}

    /**
     * Makes it: one transaction, all of it or none.
     *
     * @param branch which branch is moved, or made: it is told the branches as they stand, and the revision
     * @param also what else is written in the same transaction, when the rows of the commit are there
     */
    public Revision make(
            Dacite dacite, BiFunction<NameRows, Revision, String> branch, BiConsumer<WriteTransaction, Revision> also) {
        return dacite.store().write(transaction -> {
            parent.ifPresent(each -> dacite.own(transaction, each));
            Revision revision = append(dacite, transaction, parent, note, merging(transaction, changes));
            transaction.advance(branch.apply(transaction.names(), revision));
            also.accept(transaction, revision);
            return revision;
        });
    }

    /** Tells what it would come to; writes nothing, and waits for nobody. */
    public Preview preview(Dacite dacite) {
        return preview(dacite, UnaryOperator.identity());
    }

    /** The same, with a sink around the one that takes the rows, which must hand them on. */
    public Preview preview(Dacite dacite, UnaryOperator<NodeSink> around) {
        CanonicalHash rule = CanonicalHash.of(dacite.hash());
        PreviewNodes nodes = new PreviewNodes(dacite.store().nodes());
        Merge.Outcome outcome = Merge.apply(
                base(dacite, parent),
                changes,
                nodes,
                around.apply(nodes),
                rule,
                PreviewNodes.FIRST_OID,
                Long.MAX_VALUE);
        CompactRange past = parent.map(each -> dacite.store()
                        .logs(rows -> StoredLog.of(dacite.hash(), each.height() + 1, rows.lineNodes(each.line()))
                                .range()))
                .orElseGet(() -> CompactRange.empty(dacite.hash()));
        return new Preview(
                revision(rule, parent, note, outcome, past.root(), Long.MAX_VALUE, 0, PreviewNodes.FIRST_OID), nodes);
    }

    /**
     * Appends a revision on a parent whose state is there, or the first of a line of its own, and moves no branch.
     *
     * @param transaction the write that it is part of
     * @param maker makes its tree
     */
    public static Revision append(
            Dacite dacite, WriteTransaction transaction, Optional<Revision> parent, Note note, TreeMaker maker) {
        CanonicalHash rule = CanonicalHash.of(dacite.hash());
        long id = transaction.nextRevision();
        long line = transaction.lineAfter(parent); // reads, so that from the merge on nothing stands in the rows' way
        byte[] history = dacite.lines().history(parent, transaction);
        Optional<CommitWitness.Testimony> testimony = CommitWitness.of(transaction);
        NodeSink sink = testimony.map(CommitWitness.Testimony::sink).orElse(transaction);
        Merge.Outcome outcome = maker.make(base(dacite, parent), rule, sink);
        Revision revision = revision(rule, parent, note, outcome, history, id, line, transaction.nextOid());
        transaction.append(revision, dacite.lines().append(revision.hash()));
        testimony.ifPresent(each -> each.write(transaction, parent, revision));
        transaction.hashed(rule.hashes());
        return revision;
    }

    /** Makes the tree that changes lead to. */
    public static TreeMaker merging(WriteTransaction transaction, Changes changes) {
        return (base, rule, sink) -> Merge.apply(
                base, changes, transaction.nodes(), sink, rule, transaction.nextOid(), transaction.nextRevision());
    }

    private static Revision revision(
            CanonicalHash rule,
            Optional<Revision> parent,
            Note note,
            Merge.Outcome outcome,
            byte[] history,
            long id,
            long line,
            long firstOid) {
        long height = parent.map(revision -> revision.height() + 1).orElse(0L);
        byte[] root = outcome.tree().root();
        byte[] hash = rule.revision(height, root, history, note.timeMillis(), note.author(), note.message());
        return new Revision(
                id,
                line,
                parent.map(each -> OptionalLong.of(each.id())).orElse(OptionalLong.empty()),
                height,
                outcome.tree().top(),
                Digest.of(root),
                Digest.of(history),
                Digest.of(hash),
                outcome.tree().leafCount(),
                note.timeMillis(),
                note.author(),
                note.message(),
                firstOid,
                outcome.nextOid() - 1,
                false);
    }

    private static TreeRef base(Dacite dacite, Optional<Revision> parent) {
        return parent.map(Commit::top).orElseGet(dacite::emptyTree);
    }

    static TreeRef top(Revision revision) {
        return new TreeRef(revision.rootLink(), revision.root().bytes(), revision.leafCount());
    }
}
