package org.dacite.drawing;

import java.util.ArrayList;
import java.util.List;

/** A picture as SVG: one file, no script, a title at every box for whoever points at it or hears it read. */
public final class SvgDrawing {
    private static final int MARGIN = 24;
    private static final int LINE = 20;

    /** Beside the tree, for what stands at the outermost edges. */
    private static final int INSET = 64;

    private static final int LEGEND_STEP = 220;

    /** More than a letter of the caption takes, in its title and in its lines. */
    private static final int TITLE_LETTER = 12;

    private static final int LINE_LETTER = 8;

    /** A longer caption is cut; all of it stands in the description. */
    private static final int TITLE_LETTERS = 80;

    private static final int LINE_LETTERS = 120;
    private static final String STYLE = """
            <style>
            text { font-family: "DejaVu Sans", "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2937; }
            .title { font-size: 17px; font-weight: 600; }
            .line { font-size: 12px; fill: #4b5563; }
            .first { font-size: 13px; font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; }
            .second, .edge { font-size: 11px; fill: #4b5563; }
            .edge { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; }
            .link { fill: none; stroke: #9ca3af; stroke-width: 1.5; }
            .way { stroke: #1d4ed8; stroke-width: 2.5; }
            .box { stroke-width: 1.5; fill: #ffffff; stroke: #6b7280; }
            .new { fill: #ffedd5; stroke: #c2410c; }
            .shared { fill: #e5e7eb; stroke: #9ca3af; }
            .stub { stroke-dasharray: 4 3; }
            .asked { stroke: #1d4ed8; stroke-width: 2.5; }
            </style>
            """;

    private final StringBuilder out = new StringBuilder();
    private final Labels labels;
    private final Caption caption;
    private final String title;
    private final List<String> lines;
    private final int above;
    private int left;

    private SvgDrawing(Caption caption, Labels labels) {
        this.caption = caption;
        this.title = Box.cut(caption.title(), TITLE_LETTERS);
        this.lines = caption.lines().stream()
                .map(line -> Box.cut(line, LINE_LETTERS))
                .toList();
        this.labels = labels;
        this.above = MARGIN + LINE * (lines.size() + 1) + MARGIN;
    }

    /** The picture, as the text of a file. */
    public static String of(TreePicture picture, Caption caption, Labels labels) {
        return new SvgDrawing(caption, labels).drawn(picture);
    }

    private String drawn(TreePicture picture) {
        List<Box> boxes = new ArrayList<>();
        int treeWidth = 0;
        if (picture.top().isPresent()) {
            Box top = picture.top().get();
            treeWidth = Layout.place(top) + 2 * INSET;
            collect(top, boxes);
        }
        List<String[]> legend = legend(boxes);
        int width = Math.max(treeWidth, Math.max(captionWidth(), legend.size() * LEGEND_STEP));
        left = MARGIN + (width - treeWidth) / 2 + INSET;
        int levels = boxes.stream().mapToInt(box -> box.level + 1).max().orElse(0);
        int below = above + levels * Layout.LEVEL_HEIGHT;
        int drawnWidth = width + 2 * MARGIN;
        int drawnHeight = below + MARGIN;
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\" width=\"")
                .append(drawnWidth + "\" height=\"" + drawnHeight + "\" viewBox=\"0 0 " + drawnWidth + " "
                        + drawnHeight)
                .append("\">\n<title id=\"title\">" + escaped(caption.title()) + "</title>\n<desc id=\"desc\">")
                .append(escaped(String.join(". ", caption.lines())) + "</desc>\n" + STYLE)
                .append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        text("title", MARGIN, MARGIN + LINE / 2, "", title);
        for (int i = 0; i < lines.size(); i++) {
            text("line", MARGIN, MARGIN + LINE * (i + 1) + LINE / 2, "", lines.get(i));
        }
        boxes.forEach(this::edges);
        boxes.forEach(this::box);
        legend(below, legend);
        return out.append("</svg>\n").toString();
    }

    private int captionWidth() {
        int longest = lines.stream().mapToInt(String::length).max().orElse(0);
        return Math.max(title.length() * TITLE_LETTER, longest * LINE_LETTER);
    }

    private static void collect(Box box, List<Box> into) {
        into.add(box);
        if (box.left != null) {
            collect(box.left, into);
            collect(box.right, into);
        }
    }

    private int x(Box box) {
        return left + box.x;
    }

    private int y(Box box) {
        return above + box.level * Layout.LEVEL_HEIGHT;
    }

    private void edges(Box box) {
        if (box.left == null) {
            return;
        }
        int fromX = x(box) + Layout.BOX_WIDTH / 2;
        int fromY = y(box) + Layout.BOX_HEIGHT;
        for (Box child : List.of(box.left, box.right)) {
            int toX = x(child) + Layout.BOX_WIDTH / 2;
            int toY = y(child);
            int midY = (fromY + toY) / 2;
            out.append("<path class=\"link" + (child.asked ? " way" : "") + "\" d=\"M" + fromX + " " + fromY + " C"
                    + fromX + " " + midY + " " + toX + " " + midY + " " + toX + " " + toY + "\"/>\n");
        }
        int middle = Layout.BOX_WIDTH / 2;
        text("edge", x(box.left) + middle - 8, y(box.left) - 10, " text-anchor=\"end\"", box.left.edge());
        text("edge", x(box.right) + middle + 8, y(box.right) - 10, "", box.right.edge());
    }

    private void box(Box box) {
        String kind = (caption.against() == null ? "" : box.shared ? " shared" : " new")
                + (box.isStub() ? " stub" : "")
                + (box.asked ? " asked" : "");
        int round = box.isLeaf() ? 3 : Layout.BOX_HEIGHT / 2;
        int middle = x(box) + Layout.BOX_WIDTH / 2;
        out.append("<g><title>" + escaped(box.told(labels)) + "</title>\n");
        rect(x(box), y(box), Layout.BOX_WIDTH, Layout.BOX_HEIGHT, round, kind);
        text("first", middle, y(box) + 19, " text-anchor=\"middle\"", box.first(labels));
        text("second", middle, y(box) + 35, " text-anchor=\"middle\"", box.second(labels));
        out.append("</g>\n");
    }

    /** What the kinds of boxes mean that there are: how such a box is drawn, and its meaning. */
    private List<String[]> legend(List<Box> boxes) {
        List<String[]> said = new ArrayList<>();
        if (caption.against() != null) {
            said.add(new String[] {" shared", "shared with " + caption.against()});
            said.add(new String[] {" new", "not in " + caption.against()});
        }
        if (boxes.stream().anyMatch(box -> box.asked)) {
            said.add(new String[] {" asked", "on the way to a key"});
        }
        if (boxes.stream().anyMatch(Box::isStub)) {
            said.add(new String[] {" stub", "not shown below, but its hash"});
        }
        return said;
    }

    private void legend(int y, List<String[]> said) {
        for (int i = 0; i < said.size(); i++) {
            int x = MARGIN + i * LEGEND_STEP;
            rect(x, y - 6, 26, 14, 7, said.get(i)[0]);
            text("line", x + 34, y + 5, "", said.get(i)[1]);
        }
    }

    private void rect(int x, int y, int width, int height, int round, String kind) {
        out.append("<rect class=\"box" + kind + "\" x=\"" + x + "\" y=\"" + y + "\" width=\"" + width + "\" height=\""
                + height + "\" rx=\"" + round + "\"/>\n");
    }

    private void text(String kind, int x, int y, String more, String text) {
        out.append("<text class=\"" + kind + "\" x=\"" + x + "\" y=\"" + y + "\"" + more + ">" + escaped(text)
                + "</text>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
