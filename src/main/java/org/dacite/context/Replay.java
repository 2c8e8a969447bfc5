package org.dacite.context;

import java.util.Map;
import java.util.Optional;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.store.WriteTransaction;
import org.dacite.tree.NodeSource;

/**
 * Does recorded actions again, and compares each commit with what came of it when it was recorded. A commit that comes out
 * otherwise is a {@link ReplayException} and is not made; those before it stay. For one thread.
 */
public final class Replay implements AutoCloseable {
    private final Dacite dacite;
    private final Context context;
    private long commits;
    private long changes;

    private Replay(Dacite dacite, Context context) {
        this.dacite = dacite;
        this.context = context;
    }

    /** A replay that begins at the head of {@code main}, or in a new store. */
    public static Replay of(Dacite dacite) {
        return new Replay(dacite, Context.of(dacite));
    }

    /** How many commits were made. */
    public long commits() {
        return commits;
    }

    /** How many changes were applied. */
    public long changes() {
        return changes;
    }

    /** The state that it has come to. */
    public Context context() {
        return context;
    }

    /** Does an action; what a commit came to, empty for the others. */
    public Optional<Committed> apply(Action action) {
        if (action instanceof Action.Commit commit) {
            Committed made = context.commit(
                    commit.timeSeconds(),
                    commit.author(),
                    commit.message(),
                    (transaction, foreseen) -> compare(commit.expected(), transaction, foreseen));
            commits++;
            return Optional.of(made);
        }
        if (action instanceof Action.Checkout checkout) {
            if (context.base()
                            .filter(base -> base.hash().equals(checkout.hash()))
                            .isEmpty()
                    || !context.isUnchanged()) {
                context.checkout(dacite.revision(checkout.hash().toString()));
            }
            return Optional.empty();
        }
        change(action);
        changes++;
        return Optional.empty();
    }

    private void change(Action action) {
        if (action instanceof Action.Set set) {
            context.set(set.path(), set.value());
        } else if (action instanceof Action.Delete delete) {
            context.delete(delete.path());
        } else if (action instanceof Action.Copy copy) {
            context.copy(copy.from(), copy.to());
        }
    }

    private void compare(Action.Expected expected, WriteTransaction transaction, Committed made) {
        compare("hash", expected.hash(), Optional.of(made.revision().hash()), expected, transaction, made);
        compare("root", expected.root(), Optional.of(made.revision().root()), expected, transaction, made);
        compare("Tezos hash", expected.tezos(), made.tezos().map(Committed.Tezos::hash), expected, transaction, made);
    }

    private void compare(
            String what,
            Optional<Digest> expected,
            Optional<Digest> got,
            Action.Expected all,
            WriteTransaction transaction,
            Committed made) {
        if (expected.isEmpty() || expected.equals(got)) {
            return;
        }
        String commit = "expected commit " + (commits + 1) + " to have the " + what + " " + expected.get() + ", got "
                + got.map(Digest::toString).orElse("none");
        Optional<ContextPath> path = firstThatDiffers(
                all.prints(), transaction.nodes(), made.revision().rootLink());
        if (path.isPresent()) {
            throw new ReplayException(commit + "; the first path that differs is '" + path.get() + "'");
        }
        boolean sameState = all.root().filter(made.revision().root()::equals).isPresent();
        throw new ReplayException(commit
                + (sameState
                        ? "; the state is the one expected, so it is the parent, time, author or message that differs"
                        : all.prints().isEmpty()
                                ? "; the log has no fingerprints that would tell the path"
                                : "; no path that it changed differs, so the state before it did"));
    }

    /** The first path, but in a directory that differs the first in it. */
    private static Optional<ContextPath> firstThatDiffers(Map<ContextPath, String> prints, NodeSource nodes, long top) {
        Optional<ContextPath> first = Optional.empty();
        for (Map.Entry<ContextPath, String> print : prints.entrySet()) {
            boolean within = first.isEmpty() || print.getKey().isBelow(first.get());
            if (within && !Fingerprint.of(nodes, top, print.getKey()).equals(print.getValue())) {
                first = Optional.of(print.getKey());
            }
        }
        return first;
    }

    @Override
    public void close() {
        context.close();
    }
}
