package org.dacite.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.dacite.bits.KeyCodec;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Difference;
import org.dacite.history.Snapshot;
import org.dacite.moves.Compare;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        description = {
            "Compares two stores on any engines, by hashes alone, in time proportional to what differs.",
            "Tells the first revision where a branch parts, and the keys that differ there; where the roots are the same there,",
            "or one line only goes on from the other, the keys that differ at the heads."
        },
        customSynopsis = "dacite compare A B [--branch NAME] [--heads] [--limit N]",
        footer = "  dacite compare chain.db \"jdbc:postgresql://localhost/chain?user=peer\"",
        exitCodeList = {"0:They are the same.", "1:They differ.", "2:Misuse.", "3:The store could not do it."},
        sortOptions = false)
final class CompareVerb implements Verb {
    @Parameters(index = "0", paramLabel = "A", description = "A store: a path or a URL.")
    private String first;

    @Parameters(index = "1", paramLabel = "B", description = "The other one.")
    private String second;

    @Option(names = "--branch", paramLabel = "NAME", description = "The branch to follow (default: main).")
    private String branch = Branch.MAIN;

    @Option(names = "--heads", description = "Compare the keys at the heads in any case.")
    private boolean heads;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many keys (default: all).")
    private Long limit;

    @Override
    public int run(Session session) {
        long most = Limit.of(limit, Long.MAX_VALUE);
        try (Dacite one = Stores.toRead(session, first);
                Dacite other = Stores.toRead(session, second)) {
            Compare compare = new Compare(one, other, branch);
            Compare.Parting parting = compare.parting();
            show(session, parting);
            if (parting.same()) {
                return ExitCode.DONE;
            }
            boolean there = !heads
                    && parting.first().isPresent()
                    && parting.second().isPresent()
                    && !root(parting.first()).equals(root(parting.second()));
            Optional<Revision> before = there ? parting.first() : compare.head(one);
            Optional<Revision> after = there ? parting.second() : compare.head(other);
            List<Snapshot> kept = new ArrayList<>();
            try {
                before.map(one::at).ifPresent(kept::add);
                after.map(other::at).ifPresent(kept::add);
                showKeys(
                        session,
                        one.codec(),
                        compare.differences(before, after).limit(most).iterator());
            } finally {
                kept.forEach(Snapshot::close);
            }
            return ExitCode.NO;
        }
    }

    private static Object root(Optional<Revision> revision) {
        return revision.map(Revision::root).orElseThrow();
    }

    private void show(Session session, Compare.Parting parting) {
        if (session.json()) {
            session.line(Json.object()
                    .with("branch", branch)
                    .with("same", parting.same())
                    .with("common", parting.common())
                    .with("first", parting.first().map(CompareVerb::json).orElse(null))
                    .with("second", parting.second().map(CompareVerb::json).orElse(null)));
            return;
        }
        String common = RevisionLine.counted(parting.common(), "revision", "revisions");
        if (parting.same()) {
            session.line("the same: " + common + " on branch '" + branch + "'");
            return;
        }
        session.line("branch '" + branch + "' has " + common + " in common, then");
        Table table = session.table("store", "revision", "height", "hash", "root");
        row(table, first, parting.first());
        row(table, second, parting.second());
        table.end();
    }

    private static Json json(Revision revision) {
        return Json.object()
                .with("id", revision.id())
                .with("height", revision.height())
                .with("hash", revision.hash().toString())
                .with("root", revision.root().toString());
    }

    private static void row(Table table, String place, Optional<Revision> revision) {
        String shown = place.replaceFirst("[?].*", "?…");
        if (revision.isEmpty()) {
            table.row(shown, null, null, "none", null);
        } else {
            Revision found = revision.get();
            table.row(
                    shown,
                    found.id(),
                    found.height(),
                    found.hash().toString().substring(0, 12),
                    found.root().toString().substring(0, 12));
        }
    }

    private static void showKeys(Session session, KeyCodec codec, Iterator<Difference> changes) {
        DifferenceTable table = new DifferenceTable(session);
        try (Progress progress = Progress.besideRows(session, "compare", "keys")) {
            long shown = 0;
            while (changes.hasNext()) {
                Difference change = changes.next();
                String tree = TreePath.show(change.trees(), codec);
                String key = codec.show(change.key());
                if (session.json()) {
                    session.line(DifferenceTable.json(tree, key, change.before(), change.after()));
                } else {
                    table.row(tree, key, change.before(), change.after());
                }
                progress.at(++shown);
            }
        }
        if (!session.json()) {
            table.end();
            session.line(table.sentence());
        }
    }
}
