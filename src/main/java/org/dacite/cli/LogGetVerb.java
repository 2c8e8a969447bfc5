package org.dacite.cli;

import java.util.Iterator;
import org.dacite.history.Dacite;
import org.dacite.history.RecordLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "log-get",
        description = "Prints records of a named log.",
        customSynopsis = "dacite log-get NAME NUMBER [--count N] [--raw]",
        footer = {"  dacite log-get audit 41", "  dacite log-get audit 0 --count 100 --json"},
        exitCodeList = {
            "0:Done.",
            "1:The log has no record of that number.",
            "2:Misuse.",
            "3:The store could not do it."
        },
        sortOptions = false)
final class LogGetVerb implements Verb {
    @Parameters(index = "0", paramLabel = "NAME", description = "The log.")
    private String name;

    @Parameters(index = "1", paramLabel = "NUMBER", description = "The first record, counted from 0.")
    private long number;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many, if the log has so many (default: 1).")
    private long count;

    @Option(names = "--raw", description = "The bytes of the records and nothing else, no line feed.")
    private boolean raw;

    @Override
    public int run(Session session) {
        if (raw && session.json()) {
            throw new UsageException("expected --raw or --json, got both; leave one out");
        }
        if (number < 0 || count < 1) {
            throw new UsageException(
                    "expected NUMBER of 0 or more and --count of 1 or more, got " + number + " and " + count);
        }
        try (Dacite dacite = Stores.toRead(session)) {
            RecordLog log = dacite.recordLog(name);
            long size = log.size();
            if (number >= size) {
                session.remark("dacite: expected a record of number " + number + " in log '" + name + "', found "
                        + RevisionLine.counted(size, "record", "records") + ", numbered from 0");
                return ExitCode.NO;
            }
            long at = number;
            Iterator<byte[]> entries =
                    log.entries(number, number + Math.min(count, size - number)).iterator();
            while (entries.hasNext()) {
                show(session, at, entries.next());
                at++;
            }
            return ExitCode.DONE;
        }
    }

    private void show(Session session, long at, byte[] entry) {
        if (session.json()) {
            session.line(Json.object().with("number", at).with("entry", entry));
        } else {
            session.console().write(entry);
            if (!raw) {
                session.console().print("\n");
            }
        }
    }
}
