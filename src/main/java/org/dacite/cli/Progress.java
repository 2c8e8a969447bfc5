package org.dacite.cli;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far long work is, on standard error: a bar with rate and time left where a person looks, a JSON object a line where
 * {@code --progress json} asks for it, else nothing. For one thread.
 */
final class Progress implements AutoCloseable {
    private static final Set<String> SHOWN = Set.of("auto", "bar", "json", "none");
    private static final int WIDTH = 100;
    private static final int EVERY_MILLIS = 200;
    private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MEBIBYTE = 1 << 20;

    private final Console console;
    private final String task;
    private final String unit;
    private final ProgressBar bar;
    private final boolean lines;
    private final long startNanos = System.nanoTime();
    private long lineNanos = startNanos;
    private long done;
    private long of;
    private String what;

    private Progress(Session session, String task, String unit, long of, String shown) {
        this.console = session.console();
        this.task = task;
        this.unit = unit;
        this.of = of;
        this.lines = shown.equals("json");
        boolean bars = shown.equals("bar") || (shown.equals("auto") && console.errIsTerminal());
        this.bar = bars ? bar() : null;
    }

    /** Refuses a word that {@code --progress} does not take. */
    static void check(String shown) {
        if (!SHOWN.contains(shown)) {
            throw new UsageException("expected --progress auto, bar, json or none, got '" + shown + "'");
        }
    }

    /** Work of so many of a unit, such as rows or leaves; −1 where nobody knows how many. */
    static Progress of(Session session, String task, String unit, long of) {
        return new Progress(session, task, unit, of, session.options().progress);
    }

    /** Work whose rows go to standard output meanwhile: no bar where both are one terminal, unless it is asked for. */
    static Progress besideRows(Session session, String task, String unit) {
        Console console = session.console();
        boolean mixed = console.outIsTerminal()
                && console.errIsTerminal()
                && session.options().progress.equals("auto");
        return mixed ? new Progress(session, task, unit, -1, "none") : of(session, task, unit, -1);
    }

    /** Reading a file. */
    static Progress of(Session session, String task, Source source) {
        return of(session, task, "bytes", source.sizeBytes());
    }

    private ProgressBar bar() {
        boolean bytes = unit.equals("bytes");
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(EVERY_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(console.err(), WIDTH))
                .setInitialMax(of)
                .setUnit(bytes ? " MiB" : " " + unit, bytes ? MEBIBYTE : 1)
                .showSpeed()
                .clearDisplayOnFinish()
                .build();
    }

    /** Tells how far a file was read, and how many records that made. */
    void read(long readBytes, long records) {
        if (bar != null || lines) {
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            at(readBytes, of, String.format(Locale.ROOT, "%,.0f records/s", records / seconds));
        }
    }

    /** Tells how far the work is. */
    void at(long nowDone) {
        at(nowDone, of, what);
    }

    /** Tells how far the work is, of how much, and what is done now; null where that says nothing. */
    void at(long nowDone, long nowOf, String now) {
        done = nowDone;
        of = nowOf;
        what = now;
        if (bar != null) {
            bar.setExtraMessage(now == null ? "" : now);
            bar.maxHint(nowOf);
            bar.stepTo(nowDone);
        }
        if (lines && System.nanoTime() - lineNanos >= LINE_EVERY_NANOS) {
            line(false);
        }
    }

    private void line(boolean ended) {
        lineNanos = System.nanoTime();
        double seconds = (lineNanos - startNanos) / 1e9;
        double rate = done / seconds;
        console.errLine(Json.object()
                .with("task", task)
                .with("unit", unit)
                .with("done", done)
                .with("of", of < 0 ? null : of)
                .with("per_s", Math.round(rate))
                .with("seconds", rounded(seconds))
                .with("seconds_left", of < 0 || done == 0 ? null : rounded(Math.max(0, of - done) / rate))
                .with("what", what)
                .with("ended", ended)
                .toString());
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }

    /** Takes the bar away; of lines, writes a last one. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
        if (lines) {
            line(true);
        }
    }
}
