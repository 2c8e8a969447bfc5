package org.dacite.cli;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a load is, where somebody looks; nothing where nobody does. For one thread. */
abstract class Progress implements AutoCloseable {
    /** Tells how far it is. */
    abstract void at(long readBytes, long records);

    @Override
    public abstract void close();

    /** A bar on standard error when that is a terminal. */
    static Progress of(Console console, Source source) {
        return console.errIsTerminal() ? new Bar(console.err(), source.sizeBytes()) : new Nothing();
    }

    private static final class Nothing extends Progress {
        @Override
        void at(long readBytes, long records) {}

        @Override
        public void close() {}
    }

    private static final class Bar extends Progress {
        private static final int WIDTH = 100;
        private static final int EVERY_MILLIS = 200;
        private static final long MEBIBYTE = 1 << 20;

        private final ProgressBar bar;
        private final long startNanos = System.nanoTime();

        private Bar(PrintStream err, long sizeBytes) {
            this.bar = new ProgressBarBuilder()
                    .setTaskName("load")
                    .setInitialMax(sizeBytes)
                    .setUnit(" MiB", MEBIBYTE)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(EVERY_MILLIS)
                    .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                    .clearDisplayOnFinish()
                    .build();
        }

        @Override
        void at(long readBytes, long records) {
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            bar.setExtraMessage(String.format(Locale.ROOT, "%,.0f records/s", records / seconds));
            bar.stepTo(readBytes);
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
