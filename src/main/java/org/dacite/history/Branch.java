package org.dacite.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.dacite.store.NameRows;
import org.dacite.store.Revision;
import org.dacite.store.StoreException;
import org.dacite.store.WriteTransaction;
import org.dacite.tree.Changes;
import org.dacite.tree.SpillException;

/**
 * A name for the head of a line of revisions, which moves with every commit. Any thread; one commit, or one move, at a time
 * in the whole store.
 *
 * <p>A name that is taken, not valid or missing is a {@link NameException} or an {@link UnknownRevisionException}; a revision
 * that is not of this store or was pruned, an {@link UnknownRevisionException} or a {@link PrunedRevisionException}.
 */
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
        return dacite.store().names(names -> names.head(name));
    }

    /** The newest revision; an {@link UnknownRevisionException} that names the branches there are when this is none of them. */
    public Revision getHead() {
        return dacite.store().names(this::head);
    }

    /**
     * Commits what {@code fill} puts into the batch: one transaction, all of it or none. What a large batch holds beyond
     * {@link Changes#HELD_BYTES} stands in a temporary file meanwhile, for which there must be room.
     */
    public Revision commit(String message, Consumer<Batch> fill) {
        return commit(Note.of(message), fill);
    }

    /** The same with author and time. */
    public Revision commit(Note note, Consumer<Batch> fill) {
        return commit(note, fill, parent -> {});
    }

    /**
     * The same, on a condition.
     *
     * @param onto told, once nobody else can write, what the commit will stand on, none for the first one; what it throws leaves
     *     all as it is
     */
    public Revision commit(Note note, Consumer<Batch> fill, Consumer<Optional<Revision>> onto) {
        List<Revision> linked = new ArrayList<>();
        try (Changes changes = new Changes()) {
            fill.accept(new Batch(dacite.codec(), changes, linked));
            return dacite.store().write(transaction -> {
                Optional<Revision> parent = transaction.head(name);
                onto.accept(parent);
                // from here on nobody can prune those before this commit leads to their rows
                new HashSet<>(linked).forEach(each -> dacite.own(transaction, each));
                return append(transaction, parent, note, Commit.merging(transaction, changes));
            });
        } catch (SpillException e) {
            throw new StoreException(e.getMessage(), e);
        }
    }

    /** Commits the tree that {@code maker} makes: one transaction, all of it or, when that throws, none. */
    public Revision commitTree(Note note, Function<WriteTransaction, TreeMaker> maker) {
        return dacite.store()
                .write(transaction -> append(transaction, transaction.head(name), note, maker.apply(transaction)));
    }

    private Revision append(WriteTransaction transaction, Optional<Revision> parent, Note note, TreeMaker maker) {
        if (parent.isEmpty() && !(name.equals(MAIN) && transaction.isEmpty())) {
            throw unknown(name, transaction.names());
        }
        Revision revision = Commit.append(dacite, transaction, parent, note, maker);
        transaction.advance(name);
        return revision;
    }

    /** Makes the branch at a revision. */
    public void create(Revision at) {
        dacite.store().write(transaction -> {
            RefName.requireFree(name, transaction.names());
            transaction.names().moveBranch(name, dacite.own(transaction, at).id());
            return null;
        });
    }

    /** Gives the branch another name, which this value does not have: ask for {@code dacite.branch(newName)}. */
    public void rename(String newName) {
        dacite.store().write(transaction -> {
            Revision head = head(transaction.names());
            RefName.requireFree(newName, transaction.names());
            transaction.names().deleteBranch(name);
            transaction.names().moveBranch(newName, head.id());
            return null;
        });
    }

    /** Deletes the branch; its revisions stay until they are pruned. The last branch cannot be deleted. */
    public void delete() {
        dacite.store().write(transaction -> {
            head(transaction.names());
            if (transaction.names().branches().size() == 1) {
                throw new NameException("expected a branch that is not the last one, got '" + name
                        + "'; make another first, a store keeps at least one");
            }
            transaction.names().deleteBranch(name);
            return null;
        });
    }

    /**
     * Moves the branch forward: from {@code expected}, where it must stand, to a revision that has it in its past.
     *
     * @return {@link Move.Done}, or why it did not move
     */
    public Move advance(Revision expected, Revision to) {
        return move(expected, to, true);
    }

    /**
     * Moves the branch anywhere: from {@code expected}, where it must stand, back, forward or to another line. All
     * of it happens in one transaction.
     *
     * @return {@link Move.Done}, which counts the revisions that were dropped and adopted, or {@link Move.MovedMeanwhile}
     */
    public Move reset(Revision expected, Revision to) {
        return move(expected, to, false);
    }

    private Move move(Revision expected, Revision to, boolean forwardOnly) {
        return dacite.store().write(transaction -> {
            Revision from = head(transaction.names());
            if (!from.hash().equals(expected.hash()) || from.id() != expected.id()) {
                return new Move.MovedMeanwhile(expected, from);
            }
            Revision target = dacite.own(transaction, to);
            long shared = transaction.logs().shared(from.line(), from.height() + 1, target.line(), target.height() + 1);
            long dropped = from.height() + 1 - shared;
            if (forwardOnly && dropped > 0) {
                return new Move.NotAnAncestor(from, target);
            }
            transaction.names().moveBranch(name, target.id());
            return new Move.Done(from, target, dropped, target.height() + 1 - shared);
        });
    }

    private Revision head(NameRows names) {
        return names.head(name).orElseThrow(() -> unknown(name, names));
    }

    /** The refusal of a name that no branch has. */
    static UnknownRevisionException unknown(String name, NameRows names) {
        Set<String> known = names.branches().keySet();
        return new UnknownRevisionException(
                known.isEmpty()
                        ? "expected the branch " + MAIN + ", which the first commit makes, got '" + name + "'"
                        : "expected a branch, " + RefName.oneOf(known) + ", got '" + name + "'");
    }
}
