package org.dacite.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dacite.bits.KeyCodec;
import org.dacite.drawing.Caption;
import org.dacite.drawing.DotDrawing;
import org.dacite.drawing.Labels;
import org.dacite.drawing.SvgDrawing;
import org.dacite.drawing.TreePicture;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.store.Revision;
import org.dacite.tree.Leaf;
import org.dacite.tree.Lookup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "draw",
        description = {
            "Draws the top of the tree, or the way to some keys with the hashes that prove them.",
            "With --against, the parts that another revision has as well stand in another tone."
        },
        customSynopsis = "dacite draw [KEY…] [--at REV] [--against REV] [--tree NAME[/NAME…]] [--levels N] [-o FILE]",
        footer = {"  dacite draw -o top.svg", "  dacite draw alice --against main~1 -o alice.svg"},
        sortOptions = false)
final class DrawVerb implements Verb {
    @Parameters(arity = "0..*", paramLabel = "KEY", description = "The keys, there or not (default: the top alone).")
    private List<String> typed = List.of();

    @Option(names = "--at", paramLabel = "REV", description = "At a revision (default: the head of main).")
    private String at;

    @Option(names = "--against", paramLabel = "REV", description = "Tell what is shared with this revision.")
    private String against;

    @Option(names = "--tree", paramLabel = "NAME[/NAME…]", description = "This tree.")
    private String tree;

    @Option(names = "--levels", paramLabel = "N", description = "Of the top, so many levels, 1 to 7 (default: 4).")
    private Integer levels;

    @Option(names = "--format", paramLabel = "svg|dot", description = "SVG (the default), or the language of Graphviz.")
    private String format;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where the picture goes (default: standard output).")
    private String file;

    @Override
    public int run(Session session) {
        boolean dot = isDot();
        if (levels != null && !typed.isEmpty()) {
            throw new UsageException("expected keys, whose whole way is drawn, or --levels of the top, got both");
        }
        try (Dacite dacite = Stores.toRead(session)) {
            KeyCodec codec = dacite.codec();
            List<byte[]> trees = Session.trees(tree, codec);
            List<byte[]> keys =
                    typed.stream().map(key -> codec.canonical(codec.parse(key))).toList();
            Revision shown = Stores.committed(dacite, at);
            Revision older = against == null ? null : Stores.committed(dacite, against);
            try (Snapshot state = dacite.at(shown);
                    Snapshot before = older == null ? null : dacite.at(older)) {
                long top = top(dacite, shown, trees);
                if (tree != null && top == 0) {
                    session.remark("dacite: expected a tree at '" + tree + "', found none");
                    return ExitCode.NO;
                }
                long other = older == null ? 0 : top(dacite, older, trees);
                TreePicture picture = keys.isEmpty()
                        ? TreePicture.ofTop(dacite.store().nodes(), top, other, levels == null ? 4 : levels)
                        : TreePicture.ofKeys(dacite.store().nodes(), top, other, keys);
                Caption caption = caption(dacite, shown, older, top, keys, Stores.tree(state, trees));
                if (before != null) {
                    caption = caption.with("compared with " + RevisionLine.named(older) + ", root "
                            + Stores.tree(before, trees).root());
                }
                Labels labels = new Shown(codec);
                write(session, dot ? DotDrawing.of(picture, caption, labels) : SvgDrawing.of(picture, caption, labels));
                return ExitCode.DONE;
            }
        }
    }

    private boolean isDot() {
        String named = format != null
                ? format
                : file != null && file.toLowerCase(Locale.ROOT).endsWith(".dot") ? "dot" : "svg";
        if (!named.equals("svg") && !named.equals("dot")) {
            throw new UsageException("expected --format svg or dot, got '" + named + "'");
        }
        return named.equals("dot");
    }

    /** Link to the top of the tree of that name at a revision; 0 where there is none. */
    private static long top(Dacite dacite, Revision revision, List<byte[]> trees) {
        long top = revision.rootLink();
        for (byte[] name : trees) {
            Leaf leaf = Lookup.find(dacite.store().nodes(), top, dacite.codec().canonical(name));
            top = leaf == null ? 0 : leaf.tree();
        }
        return top;
    }

    private Caption caption(
            Dacite dacite, Revision shown, Revision older, long top, List<byte[]> keys, Snapshot state) {
        List<String> lines = new ArrayList<>();
        lines.add("root " + state.root() + ", " + RevisionLine.counted(state.leafCount(), "leaf", "leaves"));
        List<String> absent = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (Lookup.find(dacite.store().nodes(), top, keys.get(i)) == null) {
                absent.add(Text.escaped(typed.get(i)));
            }
        }
        if (!absent.isEmpty()) {
            lines.add("absent: " + String.join(", ", absent));
        }
        String of = tree == null ? "" : "the tree " + Text.escaped(tree) + " at ";
        return new Caption(
                "Dacite: " + of + RevisionLine.named(shown), lines, older == null ? null : "revision " + older.id());
    }

    private void write(Session session, String picture) {
        if (file == null) {
            session.console().print(picture);
        } else {
            OutputFile.write(OutputFile.named(file), "the picture", picture.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Keys and values as a terminal shows them. */
    private record Shown(KeyCodec codec) implements Labels {
        @Override
        public String key(Leaf leaf) {
            return Text.escaped(codec.show(leaf.userKey() == null ? codec.user(leaf.key()) : leaf.userKey()));
        }

        @Override
        public String value(Leaf leaf) {
            return leaf.isTree()
                    ? "a tree of " + RevisionLine.counted(leaf.leafCount(), "leaf", "leaves")
                    : Text.escaped(KeyCodec.showBytes(leaf.value()));
        }
    }
}
