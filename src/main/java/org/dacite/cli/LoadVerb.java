package org.dacite.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "load",
        description = {
            "Puts the records of a file, a revision for each batch; makes the store when there is none.",
            "A bad record stops it with file and line; what was committed before stays. Where that is nothing, no new",
            "store file stays either."
        },
        customSynopsis =
                "dacite load FILE|- [--key COLUMN] [--value COLUMN[,COLUMN…]] [--format csv|tsv|jsonl] [--batch N]",
        footer = {
            "  dacite load packages.tsv.gz --key name --value sha256",
            "  zcat events.gz | dacite load - --format jsonl --key id --tree events"
        },
        exitCodeList = {
            "0:Done.",
            "2:Misuse, the file cannot be read, or a record is bad.",
            "3:The store could not do it."
        },
        sortOptions = false)
final class LoadVerb implements Verb {
    @Parameters(paramLabel = "FILE", description = "The file, plain or gzip; - is standard input.")
    private String file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "csv, tsv or jsonl (default: as the file's name ends, else as its text begins).")
    private String format;

    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            description =
                    "The column of the key (default: the first). Where keys are bytes or hashed, 0x… in it is hexadecimal.")
    private String key;

    @Option(
            names = "--value",
            paramLabel = "COLUMN",
            description = "The column of the value (default: all but the key). Several, divided by commas or by"
                    + " repeating the option, make a JSON object.")
    private List<String> values = List.of();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many records make a revision (default: 10000).")
    private int batch;

    @Option(names = "--tree", paramLabel = "NAME[/NAME…]", description = "The tree to put them in; made when missing.")
    private String tree;

    @Mixin
    private BranchOption branch;

    @Mixin
    private NoteOptions note;

    @Mixin
    private MakeOptions make;

    @Override
    public int run(Session session) throws IOException {
        if (batch < 1) {
            throw new UsageException("expected --batch of 1 or more, got " + batch);
        }
        FileFormat named = format == null ? null : FileFormat.labelled(format);
        long start = System.nanoTime();
        try (Source source = Source.open(file, session.console().in())) {
            FileFormat known = named == null ? FileFormat.of(source.name(), source.beginning()) : named;
            Columns.Choice choice = new Columns.Choice(key, values);
            Loader loader = new Loader(source, batch, note);
            loader.begin(known, choice);
            Stores.fill(session, make, dacite -> {
                Branch onto = branch.of(dacite);
                loader.load(dacite, onto, Session.trees(tree, dacite.codec()), session);
                double seconds = (System.nanoTime() - start) / 1e9;
                show(session, dacite, onto.head(), loader, seconds);
            });
            return ExitCode.DONE;
        }
    }

    private static void show(Session session, Dacite dacite, Optional<Revision> head, Loader loader, double seconds) {
        Optional<Revision> last = loader.last();
        Optional<Revision> stands = last.or(() -> head);
        long leaves = stands.map(Revision::leafCount).orElse(0L);
        Digest root = stands.map(Revision::root)
                .orElseGet(() -> Digest.of(CanonicalHash.of(dacite.hash()).emptyRoot()));
        if (session.json()) {
            session.line(Json.object()
                    .with("records", loader.records())
                    .with("repeated", loader.repeated())
                    .with("revisions", loader.revisions())
                    .with("leaves", leaves)
                    .with("root", root)
                    .with("revision", last.map(RevisionLine.of(dacite)::json).orElse(null)));
            return;
        }
        if (last.isEmpty()) {
            session.line("0 records, so no revision; " + RevisionLine.counted(leaves, "leaf", "leaves"));
        } else {
            session.line(RevisionLine.counted(loader.records(), "record", "records") + " ("
                    + (loader.repeatedIsLowerBound() ? "at least " : "")
                    + RevisionLine.counted(loader.repeated(), "key", "keys") + " repeated) in "
                    + RevisionLine.counted(loader.revisions(), "revision", "revisions") + ", "
                    + RevisionLine.counted(leaves, "leaf", "leaves") + ", "
                    + String.format(Locale.ROOT, "%.1f s, %,.0f records/s", seconds, loader.records() / seconds));
        }
        session.line("root " + root);
    }
}
