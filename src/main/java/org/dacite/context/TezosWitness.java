package org.dacite.context;

import java.util.List;
import java.util.Optional;
import org.dacite.hashing.Digest;
import org.dacite.history.CommitWitness;
import org.dacite.store.Revision;
import org.dacite.store.WriteTransaction;
import org.dacite.tree.NodeSink;

/** Gives every commit of a store that was told to its Tezos hash. Any thread. */
public final class TezosWitness implements CommitWitness {
    @Override
    public String scheme() {
        return HashScheme.TEZOS.label();
    }

    @Override
    public Testimony attend(NodeSink rows) {
        return new Observed(new TreeChanges(rows));
    }

    @Override
    public Digest retell(WriteTransaction transaction, Optional<Revision> parent, long base, Revision made) {
        return write(transaction, TreeSteps.between(transaction.nodes(), base, made.rootLink()), parent, made);
    }

    private static Digest write(
            WriteTransaction transaction, List<TreeChanges.Tree> changes, Optional<Revision> parent, Revision made) {
        TezosDirectories directories =
                new TezosDirectories(new TezosHash(), transaction.nodes(), transaction::contexts);
        Digest hash = new TezosCommit(directories, transaction::contexts).hash(changes, parent, made);
        directories.remember(transaction.contexts());
        transaction.contexts().append(made.id(), hash);
        transaction.contextHashed(
                directories.rule().values(),
                directories.rule().directories(),
                directories.rule().inodes());
        return hash;
    }

    private record Observed(TreeChanges changes) implements Testimony {
        @Override
        public NodeSink sink() {
            return changes;
        }

        @Override
        public void write(WriteTransaction transaction, Optional<Revision> parent, Revision made) {
            TezosWitness.write(transaction, changes.trees(), parent, made);
        }
    }
}
