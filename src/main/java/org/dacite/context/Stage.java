package org.dacite.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import org.dacite.store.StageRows;
import org.dacite.store.StageRows.Change;
import org.dacite.store.StageRows.Kind;
import org.dacite.store.WriteTransaction;

/**
 * A staging area that survives between commands: what is staged is kept in rows of the store, under a name. Each change is one
 * transaction, so that two processes on one area lose nothing of each other; those on areas of different names see nothing of
 * each other. The changes are numbered in ascending order, and any state between them can be returned to.
 *
 * <p>Where nothing is staged, it stands at the head of its branch; where something is, on the revision that this was staged on.
 * Pruning keeps that one. Any thread.
 */
public final class Stage {
    /** The name of the area where none is named. */
    public static final String DEFAULT = "default";

    private static final int LONGEST_NAME = 255;

    private final Dacite dacite;
    private final String name;

    private Stage(Dacite dacite, String name) {
        this.dacite = dacite;
        this.name = name;
    }

    /** The area of that name, 1 to 255 characters, of a store with text keys; there is no need to make one. */
    public static Stage named(Dacite dacite, String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "expected a name of 1 to " + LONGEST_NAME + " characters for a staging area, got " + name.length());
        }
        ContextView.requireText(dacite);
        return new Stage(dacite, name);
    }

    /** Somebody else changed the area while a commit was made of it; nothing was written. */
    private static final class ChangedMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The rows of an area as they were read at once. */
    private record Rows(StageRows.Stage stage, List<Change> changes) {
        static Rows read(StageRows rows, String name) {
            return new Rows(Stage.stage(rows, name), rows.changes(name));
        }

        boolean isSame(Rows other) {
            return stage.equals(other.stage) && changes.size() == other.changes.size();
        }
    }

    private static StageRows.Stage stage(StageRows rows, String name) {
        return rows.stage(name)
                .orElseGet(() -> new StageRows.Stage(name, Optional.of(Branch.MAIN), OptionalLong.empty(), 0));
    }

    public String name() {
        return name;
    }

    /** The revision that it stands on; none: there is no commit yet. */
    public Optional<Revision> base() {
        return dacite.store().stages(rows -> base(stage(rows, name), rows.holds(name)));
    }

    /** The branch that the next commit moves; none: it makes one. */
    public Optional<String> branch() {
        return dacite.store().stages(rows -> stage(rows, name).branch());
    }

    /** The state with what is staged, to read in or to go on from in memory. Close it. */
    public Context open() {
        return open(dacite.store().stages(rows -> Rows.read(rows, name)));
    }

    private Context open(Rows rows) {
        return open(rows, null);
    }

    private Context open(Rows rows, Consumer<Action> recorder) {
        Context context = Context.at(
                dacite,
                base(rows.stage, !rows.changes.isEmpty()),
                rows.stage.branch().orElse(null));
        try {
            if (recorder != null) {
                context.recordTo(recorder);
            }
            rows.changes.forEach(each -> apply(context, each));
        } catch (RuntimeException | Error e) {
            context.close();
            throw e;
        }
        return context;
    }

    /** The revision that an area stands on, in which something is staged or not. */
    private Optional<Revision> base(StageRows.Stage stage, boolean holds) {
        if (stage.revision().isPresent()) {
            return dacite.store().revision(stage.revision().getAsLong());
        }
        if (holds) {
            return Optional.empty(); // staged before the first commit
        }
        String branch = stage.branch().orElse(Branch.MAIN);
        return branch.equals(Branch.MAIN)
                ? dacite.defaultRevision()
                : Optional.of(dacite.branch(branch).getHead());
    }

    private static void apply(Context context, Change change) {
        ContextPath path = ContextPath.parse(change.path());
        switch (change.kind()) {
            case SET -> context.set(path, change.value());
            case DELETE -> context.delete(path);
            case COPY -> context.copy(ContextPath.parse(change.source()), path);
        }
    }

    /** Stages a value, which is looked up nowhere; see {@link Context#set}. Answers the number of the change. */
    public long set(ContextPath path, byte[] value) {
        Context.checkSet(path, value);
        return dacite.store().write(transaction -> {
            StageRows rows = transaction.stages();
            StageRows.Stage stage = stage(rows, name);
            Change change = new Change(0, Kind.SET, path.toString(), null, value);
            return add(rows, stage, base(stage, rows.holds(name)), change);
        });
    }

    /** Stages a deletion; see {@link Context#delete}. */
    public boolean delete(ContextPath path) {
        return change(context -> Optional.of(new Change(0, Kind.DELETE, path.toString(), null, null))
                .filter(each -> context.delete(path)));
    }

    /** Stages a copy; see {@link Context#copy}. */
    public boolean copy(ContextPath from, ContextPath to) {
        return change(context -> Optional.of(new Change(0, Kind.COPY, to.toString(), from.toString(), null))
                .filter(each -> context.copy(from, to)));
    }

    /** Stages a change, if there is any. */
    private boolean change(Function<Context, Optional<Change>> deed) {
        return dacite.store().write(transaction -> {
            StageRows rows = transaction.stages();
            Rows before = Rows.read(rows, name);
            try (Context context = open(before)) {
                Optional<Change> change = deed.apply(context);
                change.ifPresent(each -> add(rows, before.stage, context.base(), each));
                return change.isPresent();
            }
        });
    }

    private long add(StageRows rows, StageRows.Stage stage, Optional<Revision> base, Change change) {
        long number = stage.changes() + 1;
        OptionalLong stands = base.map(each -> OptionalLong.of(each.id())).orElse(OptionalLong.empty());
        rows.put(new StageRows.Stage(name, stage.branch(), stands, number));
        rows.add(name, new Change(number, change.kind(), change.path(), change.source(), change.value()));
        return number;
    }

    /** What is staged, in the order in which it was. */
    public List<Change> changes() {
        return dacite.store().stages(rows -> rows.changes(name));
    }

    /** Returns to the state after the change of that number; 0: to the one before the first. */
    public void back(long number) {
        dacite.store().write(transaction -> {
            Rows before = Rows.read(transaction.stages(), name);
            if (number != 0 && before.changes.stream().noneMatch(each -> each.number() == number)) {
                throw new IllegalArgumentException("expected the number of a staged change, or 0 for none, got "
                        + number + "; 'dacite context status' lists them");
            }
            transaction.stages().drop(name, number + 1, Long.MAX_VALUE);
            return null;
        });
    }

    /** Commits what is staged; see {@link Context#commit}. What is staged meanwhile is committed too, or stays staged. */
    public Committed commit(long timeSeconds, String author, String message) {
        return commit(timeSeconds, author, message, null);
    }

    /** The same, recorded; see {@link Context#recordTo}. */
    public Committed commit(long timeSeconds, String author, String message, Consumer<Action> recorder) {
        while (true) {
            Rows rows = dacite.store().stages(each -> Rows.read(each, name));
            List<Action> recorded = new ArrayList<>();
            try (Context context = open(rows, recorder == null ? null : recorded::add)) {
                Committed commit = context.commit(timeSeconds, author, message, clear(rows));
                if (recorder != null) {
                    recorded.forEach(recorder);
                }
                return commit;
            } catch (ChangedMeanwhile e) {
                // so it is a commit of something else now
            }
        }
    }

    /** Takes away what was committed, in the transaction of the commit. */
    private BiConsumer<WriteTransaction, Committed> clear(Rows committed) {
        return (transaction, made) -> {
            Rows now = Rows.read(transaction.stages(), name);
            if (!now.isSame(committed)) {
                throw new ChangedMeanwhile();
            }
            transaction.stages().drop(name, 1, Long.MAX_VALUE);
            transaction
                    .stages()
                    .put(new StageRows.Stage(name, made.branch(), OptionalLong.empty(), now.stage.changes()));
        };
    }

    /** Drops what is staged and stands on a revision from now on; see {@link Context#checkout}. */
    public void checkout(Revision revision) {
        Optional<String> branch;
        try (Context context = open()) {
            context.checkout(revision);
            branch = context.branch();
        }
        stand(branch, OptionalLong.of(revision.id()));
    }

    /** Drops what is staged and stands at the head of a branch from now on, wherever it moves. */
    public void checkoutBranch(String branch) {
        dacite.branch(branch).getHead();
        stand(Optional.of(branch), OptionalLong.empty());
    }

    private void stand(Optional<String> branch, OptionalLong revision) {
        dacite.store().write(transaction -> {
            Rows before = Rows.read(transaction.stages(), name);
            transaction.stages().drop(name, 1, Long.MAX_VALUE);
            transaction.stages().put(new StageRows.Stage(name, branch, revision, before.stage.changes()));
            return null;
        });
    }
}
