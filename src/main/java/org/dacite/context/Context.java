package org.dacite.context;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.dacite.history.Batch;
import org.dacite.history.Branch;
import org.dacite.history.Commit;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.history.Version;
import org.dacite.store.NameRows;
import org.dacite.store.Revision;
import org.dacite.store.WriteTransaction;

/**
 * A hierarchical state, git-like: directories and values at paths, staged changes, commits, checkouts. Directories are trees
 * in trees of the store; what is staged is applied as one sorted batch at the commit, never one by one.
 *
 * <pre>{@code
 * try (Context context = Context.of(dacite)) {
 *     context.set(ContextPath.parse("contracts/index/alice"), coins);
 *     context.copy(ContextPath.parse("contracts"), ContextPath.parse("backup")); // one path, however big
 *     Committed block = context.commit(1_700_000_000, "baker", "block 1");
 * }
 * }</pre>
 *
 * <p>Any number of contexts may be open on a store; what one stages, no other sees. While it is open, pruning keeps the
 * revision that it stands on. For one thread. The store must have text keys.
 */
public final class Context implements AutoCloseable {
    private static final int FORK_DIGITS = 12;

    private final Dacite dacite;
    private Optional<Revision> base;
    private String branch;
    private ContextView view;
    private Consumer<Action> recorder;
    private Journal journal = Journal.EMPTY;

    private Context(Dacite dacite, Optional<Revision> base, String branch) {
        this.dacite = dacite;
        this.base = base;
        this.branch = branch;
        this.view = ContextView.at(dacite, base);
    }

    /** At the head of {@code main}; in a new store, before the first commit. */
    public static Context of(Dacite dacite) {
        return new Context(dacite, dacite.defaultRevision(), Branch.MAIN);
    }

    /** At a revision, as after {@link #checkout}; none: before the first commit, on a branch of that name. */
    static Context at(Dacite dacite, Optional<Revision> base, String branch) {
        return new Context(dacite, base, branch);
    }

    /**
     * Records from now on: every commit is told with the changes that led to it, behind the checkout that these stand on where
     * it is not the commit before. What is staged already is not among them.
     */
    public void recordTo(Consumer<Action> newRecorder) {
        recorder = newRecorder;
        base.ifPresent(at -> recorder.accept(new Action.Checkout(at.hash())));
    }

    /** The revision that it stands on, the parent of the next commit; none: there is no commit yet. */
    public Optional<Revision> base() {
        return base;
    }

    /**
     * The branch that the next commit moves, if it still stands at the base then; none: the next commit makes one, whose name
     * is {@code fork-} and the first digits of the commit's hash.
     */
    public Optional<String> branch() {
        return Optional.ofNullable(branch);
    }

    /** Puts a value of 0 to 16 MiB at a path of one name or more, in the place of whatever stands there or on the way. */
    public void set(ContextPath path, byte[] value) {
        checkSet(path, value);
        byte[] copy = value.clone();
        view.tree().put(path, new Staged.Value(copy));
        note(new Action.Set(path, copy));
    }

    private void note(Action action) {
        journal = recorder == null ? journal : journal.then(action);
    }

    /** Refuses what cannot be set. */
    static void checkSet(ContextPath path, byte[] value) {
        requireBelowRoot(path, "a value");
        if (value.length > Batch.MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("expected a value of at most " + Batch.MAX_VALUE_BYTES + " bytes, got "
                    + value.length + " at '" + path + "'");
        }
    }

    /** The state with what is staged, as long as nothing is committed or checked out; closes with this context. */
    public ContextView view() {
        return view;
    }

    /** See {@link ContextView#get}; with what is staged. */
    public Optional<byte[]> get(ContextPath path) {
        return view.get(path);
    }

    /** See {@link ContextView#mem}; with what is staged. */
    public boolean mem(ContextPath path) {
        return view.mem(path);
    }

    /** See {@link ContextView#dmem}; with what is staged. */
    public boolean dmem(ContextPath path) {
        return view.dmem(path);
    }

    /** See {@link ContextView#list}; with what is staged. */
    public List<ContextEntry> list(ContextPath path, long offset, long length) {
        return view.list(path, offset, length);
    }

    /**
     * Puts what stands at a path, a value or a directory, under another as well, in the place of whatever stands there; into its
     * own descendant it goes as it was. Costs one path, however big it is.
     *
     * @return whether there was anything; if not, nothing changed
     */
    public boolean copy(ContextPath from, ContextPath to) {
        requireBelowRoot(to, "a copy");
        StagedTree.Found found = view.tree().find(from);
        if (found.isNothing() || (from.isRoot() && !view.dmem(from))) {
            return false;
        }
        view.tree().put(to, view.tree().shared(found));
        note(new Action.Copy(from, to));
        return true;
    }

    /**
     * Takes away a value or a whole directory, then every directory that became empty, up to the root.
     *
     * @return whether there was anything; if not, nothing changed
     */
    public boolean delete(ContextPath path) {
        requireBelowRoot(path, "what is deleted");
        if (view.tree().find(path).isNothing()) {
            return false;
        }
        view.tree().delete(path);
        note(new Action.Delete(path));
        return true;
    }

    private static void requireBelowRoot(ContextPath path, String what) {
        if (path.isRoot()) {
            throw new IllegalArgumentException("expected a path of one name or more for " + what + ", got the root");
        }
    }

    /** The state as it is now, to which {@link #restore} returns as long as nothing was committed or checked out since. */
    public Mark mark() {
        return new Mark(view, view.tree().freeze(), journal);
    }

    /** Returns to a staged state, earlier or later. */
    public void restore(Mark mark) {
        if (mark.view != view) {
            throw new IllegalArgumentException(
                    "expected a mark since the last commit or checkout of this context, got an"
                            + " older one or another context's");
        }
        view.tree().thaw(mark.root);
        journal = mark.journal;
    }

    /** Whether nothing is staged. */
    public boolean isUnchanged() {
        return view.tree().isUnchanged();
    }

    /** Applies what is staged, in one transaction. Without changes it is a commit as well. */
    public Committed commit(long timeSeconds, String author, String message) {
        return commit(timeSeconds, author, message, (transaction, made) -> {});
    }

    /** The same; {@code also} is told what it comes to, in its transaction, and may refuse it or write more. */
    Committed commit(long timeSeconds, String author, String message, BiConsumer<WriteTransaction, Committed> also) {
        AtomicReference<String> moved = new AtomicReference<>();
        AtomicReference<Committed> committed = new AtomicReference<>();
        AtomicReference<Map<ContextPath, String>> prints = new AtomicReference<>(Map.of());
        Revision revision = request(timeSeconds, author, message)
                .make(
                        dacite,
                        (names, made) -> {
                            moved.set(branchFor(names, made));
                            return moved.get();
                        },
                        (transaction, made) -> {
                            if (HashScheme.of(transaction.stages()).isEmpty()) {
                                transaction.stages().setHashScheme(HashScheme.NATIVE.label());
                            }
                            committed.set(new Committed(
                                    made, Optional.of(moved.get()), TezosHashes.of(transaction.contexts(), made)));
                            also.accept(transaction, committed.get());
                            prints.set(journal.prints(transaction.nodes(), made.rootLink()));
                        });
        record(new Action.Commit(timeSeconds, author, message, committed.get().expected(prints.get())));
        stand(Optional.of(revision), moved.get());
        return committed.get();
    }

    private void record(Action.Commit commit) {
        if (recorder != null) {
            journal.replay(recorder);
            recorder.accept(commit);
        }
    }

    /** What {@link #commit} would make, and makes nothing. */
    public Committed hash(long timeSeconds, String author, String message) {
        Commit commit = request(timeSeconds, author, message);
        return TezosHashes.foreseen(dacite, commit);
    }

    private Commit request(long timeSeconds, String author, String message) {
        long limit = Long.MAX_VALUE / 1000;
        if (timeSeconds < -limit || timeSeconds > limit) {
            throw new IllegalArgumentException(
                    "expected a time from -" + limit + " to " + limit + " s since 1970, got " + timeSeconds);
        }
        return new Commit(
                base, new Note(message, author, timeSeconds * 1000), view.tree().changes());
    }

    /** The branch that a commit moves: this one's, if it stands where the commit begins; else a new one. */
    private String branchFor(NameRows names, Revision made) {
        boolean stands = branch != null
                && names.head(branch).map(Revision::id).equals(base.map(Revision::id))
                && (base.isPresent() || names.branches().isEmpty());
        if (stands) {
            return branch;
        }
        String name = "fork-" + made.hash().toString().substring(0, FORK_DIGITS);
        String free = name;
        for (int i = 2; names.head(free).isPresent() || names.tagged(free).isPresent(); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /**
     * Drops what is staged and goes on from a revision. Where it is the head of a branch, the next commit moves that one, this
     * context's own or {@code main} rather than another; where it is none, the next commit makes a branch.
     */
    public void checkout(Revision revision) {
        List<String> heads = dacite.branches().entrySet().stream()
                .filter(each -> each.getValue() == revision.id())
                .map(Map.Entry::getKey)
                .toList();
        String chosen = heads.isEmpty() ? null : heads.get(0);
        if (heads.contains(Branch.MAIN)) {
            chosen = Branch.MAIN;
        }
        if (branch != null && heads.contains(branch)) {
            chosen = branch;
        }
        stand(Optional.of(revision), chosen);
        if (recorder != null) {
            recorder.accept(new Action.Checkout(revision.hash()));
        }
    }

    private void stand(Optional<Revision> revision, String newBranch) {
        ContextView before = view;
        view = ContextView.at(dacite, revision);
        before.close();
        base = revision;
        branch = newBranch;
        journal = Journal.EMPTY;
    }

    /** The life of a value along the line of the base, newest first; what is staged does not count. */
    public List<Version> history(ContextPath path) {
        requireBelowRoot(path, "a history");
        List<byte[]> names = path.names();
        return base.map(at -> dacite.history(at, names.subList(0, names.size() - 1), names.get(names.size() - 1)))
                .orElse(List.of());
    }

    /** A staged state. Immutable. */
    public static final class Mark {
        private final ContextView view;
        private final Staged.Directory root;
        private final Journal journal;

        private Mark(ContextView view, Staged.Directory root, Journal journal) {
            this.view = view;
            this.root = root;
            this.journal = journal;
        }
    }

    /** Drops what is staged. */
    @Override
    public void close() {
        view.close();
    }
}
