package org.dacite.history;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.log.CompactRange;
import org.dacite.store.Revision;
import org.dacite.store.WriteTransaction;
import org.dacite.tree.Changes;
import org.dacite.tree.Merge;
import org.dacite.tree.TreeRef;

/** A line of revisions that grows at its head. Any thread; one commit at a time in the whole store. */
public final class Branch {
    /** The branch of a new store. */
    public static final String MAIN = "main";

    private final Dacite dacite;
    private final String name;

    Branch(Dacite dacite, String name) {
        this.dacite = dacite;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The newest revision; none as long as nothing was committed. */
    public Optional<Revision> head() {
        return dacite.store().head(name);
    }

    /** Commits what {@code fill} puts into the batch: one transaction, all of it or none. */
    public Revision commit(String message, Consumer<Batch> fill) {
        return commit(Note.of(message), fill);
    }

    /** The same with author and time. */
    public Revision commit(Note note, Consumer<Batch> fill) {
        Changes changes = new Changes();
        fill.accept(new Batch(dacite.codec(), changes));
        return dacite.store().write(transaction -> commit(transaction, note, changes));
    }

    private Revision commit(WriteTransaction transaction, Note note, Changes changes) {
        Optional<Revision> parent = transaction.head(name);
        if (parent.isEmpty() && !(name.equals(MAIN) && transaction.branches().isEmpty())) {
            throw new UnknownRevisionException("expected a branch, one of "
                    + String.join(", ", transaction.branches().keySet()) + ", got '" + name + "'");
        }
        CanonicalHash rule = CanonicalHash.of(dacite.hash());
        TreeRef base = parent.map(Branch::top).orElseGet(() -> new TreeRef(0, rule.emptyRoot(), 0));
        long id = transaction.nextRevision();
        Merge.Outcome outcome =
                Merge.apply(base, changes, transaction.nodes(), transaction, rule, transaction.nextOid(), id);
        CompactRange line = dacite.lines().upTo(parent, transaction);
        byte[] history = line.root();
        long height = parent.map(revision -> revision.height() + 1).orElse(0L);
        byte[] root = outcome.tree().root();
        byte[] hash = rule.revision(height, root, history, note.timeMillis(), note.author(), note.message());
        Revision revision = new Revision(
                id,
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
                transaction.nextOid(),
                outcome.nextOid() - 1);
        transaction.append(revision, name);
        transaction.hashed(rule.hashes());
        return revision;
    }

    static TreeRef top(Revision revision) {
        return new TreeRef(revision.rootLink(), revision.root().bytes(), revision.leafCount());
    }
}
