package org.dacite.drawing;

import java.util.List;

/** A picture in the language of Graphviz. */
public final class DotDrawing {
    private final StringBuilder out = new StringBuilder();
    private final Labels labels;
    private final Caption caption;
    private int count;

    private DotDrawing(Caption caption, Labels labels) {
        this.caption = caption;
        this.labels = labels;
    }

    /** The picture, as the text of a file. */
    public static String of(TreePicture picture, Caption caption, Labels labels) {
        DotDrawing drawing = new DotDrawing(caption, labels);
        drawing.out
                .append("digraph dacite {\n  graph [label="
                        + quoted(caption.title() + "\n" + String.join("\n", caption.lines()))
                        + ", labelloc=t, fontname=\"Helvetica\"];\n")
                .append(
                        "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#ffffff\", fontname=\"Helvetica\"];\n")
                .append("  edge [color=\"#9ca3af\", fontname=\"Courier\", arrowhead=none];\n");
        picture.top().ifPresent(drawing::draw);
        return drawing.out.append("}\n").toString();
    }

    private int draw(Box box) {
        int number = count++;
        String fill = caption.against() == null ? "#ffffff" : box.shared ? "#e5e7eb" : "#ffedd5";
        String style = box.isLeaf() ? "filled" : box.isStub() ? "rounded,filled,dashed" : "rounded,filled";
        out.append("  n" + number + " [label=" + quoted(box.first(labels) + "\n" + box.second(labels)) + ", tooltip="
                + quoted(box.told(labels)) + ", style=\"" + style + "\", fillcolor=\"" + fill + "\""
                + (box.asked ? ", color=\"#1d4ed8\", penwidth=2" : "") + "];\n");
        if (box.left != null) {
            for (Box child : List.of(box.left, box.right)) {
                int below = draw(child);
                out.append("  n" + number + " -> n" + below + " [label=" + quoted(child.edge())
                        + (child.asked ? ", color=\"#1d4ed8\", penwidth=2" : "") + "];\n");
            }
        }
        return number;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
