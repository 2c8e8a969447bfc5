package org.dacite.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws a report of growth: four panels, in each a measure of one change over log2 of the leaves, and the straight line nearest to it. */
final class GrowthPlot {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 260;
    private static final int LEFT = 64;
    private static final int TOP = 40;
    private static final int RIGHT = 44;
    private static final int BOTTOM = 44;
    private static final int TICKS = 4;

    private final StringBuilder out = new StringBuilder();
    private final List<GrowthReport.Step> steps;
    private final double first;
    private final double last;

    private GrowthPlot(List<GrowthReport.Step> steps) {
        this.steps = steps;
        this.first = Math.floor(steps.get(0).log2());
        this.last = Math.ceil(steps.get(steps.size() - 1).log2() + 0.01);
    }

    static String of(GrowthReport report) {
        return new GrowthPlot(report.steps()).draw();
    }

    private String draw() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                2 * WIDTH, 2 * HEIGHT);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
        panel(0, 0, "rows written a change", GrowthReport.Step::rows);
        panel(WIDTH, 0, "hashes a change", GrowthReport.Step::hashes);
        panel(0, HEIGHT, "bytes on disk a change", GrowthReport.Step::bytes);
        panel(WIDTH, HEIGHT, "microseconds of processor time a change", GrowthReport.Step::cpuMicros);
        add("</svg>");
        return out.toString();
    }

    private void panel(int x, int y, String title, ToDoubleFunction<GrowthReport.Step> measure) {
        double step = niceStep(steps.stream().mapToDouble(measure).max().orElse(1) * 1.1 / TICKS);
        add("<g transform=\"translate(%d %d)\">", x, y);
        add("<text x=\"%d\" y=\"24\" font-size=\"14\" fill=\"#222222\">%s</text>", LEFT, title);
        for (int i = 0; i <= TICKS; i++) {
            double value = i * step;
            add(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>",
                    LEFT, WIDTH - RIGHT, top(value, step), top(value, step));
            add(
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#555555\">%s</text>",
                    LEFT - 8, top(value, step) + 4, text(value));
        }
        for (GrowthReport.Step each : steps) {
            add(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555555\">%,d</text>",
                    left(each.log2()), HEIGHT - BOTTOM + 18, each.leaves());
        }
        add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#555555\">leaves (by their log2)</text>",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 36);
        line(measure, step);
        for (GrowthReport.Step each : steps) {
            add(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#1f5fa8\"/>",
                    left(each.log2()), top(measure.applyAsDouble(each), step));
        }
        add("</g>");
    }

    /** The straight line with the least squares. */
    private void line(ToDoubleFunction<GrowthReport.Step> measure, double step) {
        if (steps.size() < 2) {
            return;
        }
        double meanX =
                steps.stream().mapToDouble(GrowthReport.Step::log2).average().orElseThrow();
        double meanY = steps.stream().mapToDouble(measure).average().orElseThrow();
        double above = 0;
        double below = 0;
        for (GrowthReport.Step each : steps) {
            above += (each.log2() - meanX) * (measure.applyAsDouble(each) - meanY);
            below += (each.log2() - meanX) * (each.log2() - meanX);
        }
        double slope = above / below;
        double from = steps.get(0).log2();
        double to = steps.get(steps.size() - 1).log2();
        add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#1f5fa8\" stroke-dasharray=\"5 4\"/>",
                left(from),
                top(meanY + slope * (from - meanX), step),
                left(to),
                top(meanY + slope * (to - meanX), step));
    }

    private double left(double log2) {
        return LEFT + (log2 - first) / (last - first) * (WIDTH - LEFT - RIGHT);
    }

    private static double top(double value, double step) {
        return HEIGHT - BOTTOM - value / (TICKS * step) * (HEIGHT - TOP - BOTTOM);
    }

    /** The next larger of 1, 2, 2.5 and 5 times a power of ten. */
    private static double niceStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= least) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String text(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
