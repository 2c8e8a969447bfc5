package org.dacite.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.moves.ForeignRows;
import org.dacite.store.Revision;
import org.dacite.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "load",
        description = {
            "Puts the records of a file or a query; makes the store when there is none.",
            "Each batch is a revision; with --revision-column, each number of a column, such as the block.",
            "A bad record stops it with file and line; what was committed before stays. Where that is nothing, no new",
            "store file stays either."
        },
        customSynopsis =
                "dacite load FILE|- | --from JDBC-URL --query SQL  [--key COLUMN] [--value COLUMN[,COLUMN…]] [OPTIONS]",
        footer = {
            "  dacite load packages.tsv.gz --key name --value sha256",
            "  zcat events.gz | dacite load - --format jsonl --key id --tree events",
            "  dacite load --from jdbc:postgresql://node/chain --query 'select * from diffs order by block' --key address"
                    + " --value balance --revision-column block --time-column mined_at"
        },
        exitCodeList = {
            "0:Done.",
            "2:Misuse, the file cannot be read, or a record is bad.",
            "3:The store could not do it."
        },
        sortOptions = false)
final class LoadVerb implements Verb {
    private static final int BATCH = 10_000;

    /** {@code :after}, and not the end of a cast {@code ::after}. */
    private static final Pattern AFTER = Pattern.compile("(?<!:):after\\b");

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file, plain or gzip; - is standard input.")
    private String file;

    @Option(
            names = "--from",
            paramLabel = "JDBC-URL",
            description = "Instead of a file, a database: SQLite, PostgreSQL, or any whose driver --driver names.")
    private String from;

    @Option(
            names = "--query",
            paramLabel = "SQL",
            description =
                    "What to ask it; :after in it becomes the number of the newest revision that is loaded, or -1.")
    private String query;

    @Option(names = "--driver", paramLabel = "JAR", description = "The JDBC driver of that database.")
    private Path driver;

    @Option(
            names = "--revision-column",
            paramLabel = "COLUMN",
            description = "One revision for each number in this column, in ascending order; goes on where it stopped.")
    private String revisionColumn;

    @Option(
            names = "--time-column",
            paramLabel = "COLUMN",
            description =
                    "The time of a revision, in its first record: a time, a date, or milliseconds since 1970 UTC.")
    private String timeColumn;

    @Option(
            names = "--op-column",
            paramLabel = "COLUMN",
            description = "What is done: put (or insert, update, upsert), or delete.")
    private String opColumn;

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

    @Option(names = "--batch", paramLabel = "N", description = "How many records make a revision (default: 10000).")
    private Integer batch;

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
        check();
        FileFormat named = format == null ? null : FileFormat.labelled(format);
        long start = System.nanoTime();
        try (LoadInput input = file == null ? ofQuery(session) : ofFile(session, named)) {
            Columns.Marking marking = new Columns.Marking(revisionColumn, timeColumn, opColumn);
            Loader loader = new Loader(input, batch == null ? BATCH : batch, note, numbering());
            loader.begin(new Columns.Choice(key, values, marking));
            Stores.fill(session, make, dacite -> {
                Branch onto = branch.of(dacite);
                loader.load(dacite, onto, Session.trees(tree, dacite.codec()), session);
                double seconds = (System.nanoTime() - start) / 1e9;
                show(session, dacite, onto.head(), loader, seconds);
            });
            return ExitCode.DONE;
        }
    }

    private void check() {
        if (batch != null && batch < 1) {
            throw new UsageException("expected --batch of 1 or more, got " + batch);
        }
        if ((file == null) == (from == null)) {
            throw new UsageException("expected a FILE, or --from with --query, got "
                    + (file == null ? "neither" : "both; leave one out"));
        }
        if ((from == null) != (query == null)) {
            throw new UsageException(
                    "expected --from and --query together, got --" + (from == null ? "query" : "from") + " alone");
        }
        if ((from != null && format != null) || (from == null && driver != null)) {
            throw new UsageException("expected --format with a file and --driver with --from, got "
                    + (from == null ? "--driver with a file" : "--format with --from"));
        }
        if (revisionColumn == null && timeColumn != null) {
            throw new UsageException("expected --time-column with --revision-column, got it alone");
        }
        if (revisionColumn != null && (batch != null || note.hasMessage())) {
            throw new UsageException("expected --revision-column without " + (batch == null ? "-m" : "--batch")
                    + ", since the column's number makes the revision and its message, got both");
        }
        if (timeColumn != null && note.hasTime()) {
            throw new UsageException("expected --time or --time-column, got both; leave one out");
        }
    }

    private Numbering numbering() {
        return revisionColumn == null ? null : new Numbering(revisionColumn);
    }

    private LoadInput ofFile(Session session, FileFormat named) throws IOException {
        Source source = Source.open(file, session.console().in());
        try {
            return new LoadInput.OfFile(
                    source, named == null ? FileFormat.of(source.name(), source.beginning()) : named);
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private LoadInput ofQuery(Session session) {
        String asked = query;
        if (AFTER.matcher(query).find()) {
            if (revisionColumn == null) {
                throw new UsageException(
                        "expected --revision-column, whose numbers :after in --query is about, got none");
            }
            asked = AFTER.matcher(query).replaceAll(Long.toString(newest(session)));
        }
        return new LoadInput.OfQuery(ForeignRows.of(from, driver, asked));
    }

    /** The number of the newest revision that is loaded; −1 for none. */
    private long newest(Session session) {
        if (!Store.exists(session.place())) {
            return -1;
        }
        try (Dacite dacite = Stores.toRead(session)) {
            return numbering().newest(dacite, branch.of(dacite)).orElse(-1);
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
        String passed = loader.passed() == 0
                ? ""
                : "; " + RevisionLine.counted(loader.passed(), "record", "records") + " of revisions that were there";
        if (last.isEmpty()) {
            session.line("0 records, so no revision" + passed + "; " + RevisionLine.counted(leaves, "leaf", "leaves"));
        } else {
            session.line(RevisionLine.counted(loader.records(), "record", "records") + " ("
                    + (loader.repeatedIsLowerBound() ? "at least " : "")
                    + RevisionLine.counted(loader.repeated(), "key", "keys") + " repeated) in "
                    + RevisionLine.counted(loader.revisions(), "revision", "revisions") + ", "
                    + RevisionLine.counted(leaves, "leaf", "leaves") + ", "
                    + String.format(Locale.ROOT, "%.1f s, %,.0f records/s", seconds, loader.records() / seconds)
                    + passed);
        }
        session.line("root " + root);
    }
}
