package org.dacite.cli;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far long work is, where somebody looks; nothing where nobody does. For one thread. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 100;
    private static final int EVERY_MILLIS = 200;
    private static final long MEBIBYTE = 1 << 20;

    private final ProgressBar bar;
    private final long startNanos = System.nanoTime();

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /** A bar on standard error when that is a terminal, for work of some steps. */
    static Progress of(Console console, String task) {
        return new Progress(console.errIsTerminal() ? builder(console, task).build() : null);
    }

    /** The same for reading a file. */
    static Progress of(Console console, Source source, String task) {
        return new Progress(
                console.errIsTerminal()
                        ? builder(console, task)
                                .setInitialMax(source.sizeBytes())
                                .setUnit(" MiB", MEBIBYTE)
                                .build()
                        : null);
    }

    private static ProgressBarBuilder builder(Console console, String task) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(EVERY_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(console.err(), WIDTH))
                .clearDisplayOnFinish();
    }

    /** Tells how far a file was read. */
    void at(long readBytes, long records) {
        if (bar != null) {
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            bar.setExtraMessage(String.format(Locale.ROOT, "%,.0f records/s", records / seconds));
            bar.stepTo(readBytes);
        }
    }

    /** Tells how far some work is, and what is done now. */
    void at(long done, long of, String what) {
        if (bar != null) {
            bar.setExtraMessage(what);
            bar.maxHint(of);
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
