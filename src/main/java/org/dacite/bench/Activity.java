package org.dacite.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a thread is at, told by the innermost frames of its stack that say so. */
public enum Activity {
    HASH("hash", "org.dacite.hashing.", "java.security.MessageDigest", "org.bouncycastle."),
    MEMORY("nodes in memory", "org.dacite.store.NodeCache", "org.dacite.tree.NodeMap"),
    SORT(
            "sort",
            "org.dacite.tree.KeySort",
            "org.dacite.tree.Change",
            "org.dacite.tree.HeldChanges",
            "org.dacite.tree.Window"),
    ROWS("rows out", "org.dacite.store.ValuesAppender", "org.dacite.store.CopyAppender"),
    WAIT_ROWS("wait for the rows' thread", "org.dacite.store.BackgroundAppender"),
    FETCH("fetch rows", "org.dacite.store.RowSource", "org.dacite.tree.Skeleton", "org.dacite.tree.Selection"),
    REVISION(
            "revision, branch, log",
            "org.dacite.store.RevisionRows",
            "org.dacite.store.NameRows",
            "org.dacite.store.LogRows",
            "org.dacite.log."),
    CHECKPOINT("checkpoint", "org.dacite.store.Checkpoints"),
    MERGE("merge", "org.dacite.tree."),
    LEASE("leases", "org.dacite.store.Leases", "org.dacite.store.SessionLeases", "org.dacite.store.FileLeases"),
    LOCK("begin, lock", "org.dacite.store.Sqlite#lock", "org.dacite.store.Postgresql#lock"),
    COMMIT("commit, wait for the disk", "org.dacite.store.Writing#transact"),
    FILL("fill the batch", "org.dacite.history.Batch", "org.dacite.bits.", "org.dacite.bench."),
    OTHER("other");

    private final String label;
    private final Pattern frames;

    /** Begun by frames whose class, and method after a #, begins with one of these. */
    Activity(String label, String... frames) {
        this.label = label;
        this.frames = Pattern.compile(Arrays.stream(frames).map(Pattern::quote).collect(Collectors.joining("|")));
    }

    /** What people call it. */
    String label() {
        return label;
    }

    /** Its name in documents: {@code wait_rows}. */
    String member() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of a stack, innermost frame first. */
    static Activity of(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String place = frame.getClassName() + "#" + frame.getMethodName();
            for (Activity each : values()) {
                if (each != OTHER && each.frames.matcher(place).lookingAt()) {
                    return each;
                }
            }
        }
        return OTHER;
    }

    /** Whether a thread of this stack waits for work rather than doing any. */
    static boolean idle(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith("org.dacite.")) {
                return waits(stack[0])
                        && (frame.getMethodName().startsWith("run")
                                || frame.getMethodName().startsWith("lambda$"));
            }
        }
        return true;
    }

    private static boolean waits(StackTraceElement innermost) {
        return innermost.getClassName().equals("jdk.internal.misc.Unsafe")
                || innermost.getClassName().equals("java.lang.Object");
    }
}
