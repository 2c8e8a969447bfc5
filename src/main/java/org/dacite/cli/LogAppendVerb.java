package org.dacite.cli;

import java.io.IOException;
import java.util.Locale;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.history.RecordLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "log-append",
        description = {
            "Appends records to a named log; makes the log, and the store, when there is none.",
            "Each line is a record, without its end; an empty line is an empty record. A bad line stops it with file and",
            "line; what was appended before stays."
        },
        customSynopsis = "dacite log-append NAME FILE|- [--whole] [--batch N]",
        footer = {"  dacite log-append audit events.jsonl.gz", "  dacite log-append deeds contract.pdf --whole"},
        exitCodeList = {
            "0:Done.",
            "2:Misuse, the file cannot be read, or a record is bad.",
            "3:The store could not do it."
        },
        sortOptions = false)
final class LogAppendVerb implements Verb {
    @Parameters(index = "0", paramLabel = "NAME", description = "The log.")
    private String name;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file, plain or gzip; - is standard input.")
    private String file;

    @Option(names = "--whole", description = "The whole file is one record, of any bytes.")
    private boolean whole;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many records are committed at once (default: 10000), or fewer when they take 64 MiB.")
    private int batch;

    @Mixin
    private MakeOptions make;

    @Override
    public int run(Session session) throws IOException {
        if (batch < 1) {
            throw new UsageException("expected --batch of 1 or more, got " + batch);
        }
        long start = System.nanoTime();
        try (Source source = Source.open(file, session.console().in())) {
            LogFiller filler = whole ? LogFiller.ofWhole(source) : LogFiller.ofLines(source, batch);
            Stores.fill(session, make, dacite -> {
                RecordLog log = dacite.recordLog(name);
                filler.append(log, session);
                show(session, dacite, filler, (System.nanoTime() - start) / 1e9);
            });
            return ExitCode.DONE;
        }
    }

    private void show(Session session, Dacite dacite, LogFiller filler, double seconds) {
        RecordLog log = dacite.recordLog(name);
        long size = log.size();
        Digest root = log.root(size);
        if (session.json()) {
            session.line(Json.object()
                    .with("log", name)
                    .with("records", filler.records())
                    .with("commits", filler.commits())
                    .with("size", size)
                    .with("root", root));
            return;
        }
        session.line(RevisionLine.counted(filler.records(), "record", "records") + " appended in "
                + RevisionLine.counted(filler.commits(), "commit", "commits") + ", "
                + String.format(Locale.ROOT, "%.1f s, %,.0f records/s", seconds, filler.records() / seconds));
        session.line("size " + size);
        session.line("root " + root);
    }
}
