package org.dacite.cli;

import org.dacite.bits.KeyCodec;
import org.dacite.context.ContextEntry;
import org.dacite.context.ContextPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "list",
        description = "Lists the entries of a directory in byte order of their names; none where none is.",
        customSynopsis = "dacite context list [PATH] [--offset N] [--limit N] [--at REV] [--stage NAME]",
        footer = "  dacite context list contracts --offset 1000 --limit 20",
        sortOptions = false)
final class ContextListVerb implements Verb {
    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            defaultValue = "",
            description = "Names divided by '/' (default: the root).")
    private String typed;

    @Option(names = "--offset", paramLabel = "N", defaultValue = "0", description = "Leave out so many (default: 0).")
    private long offset;

    @Option(
            names = {"--limit", "--length"},
            paramLabel = "N",
            description = "At most so many (default: all).")
    private Long limit;

    @Mixin
    private StateOption state;

    @Override
    public int run(Session session) {
        ContextPath path = ContextPath.parse(typed);
        long most = Limit.of(limit, Long.MAX_VALUE);
        if (offset < 0) {
            throw new UsageException("expected --offset of 0 or more, got " + offset);
        }
        return state.read(session, view -> {
            Table table = session.table("name", "kind", "value");
            view.stream(path).skip(offset).limit(most).forEach(entry -> {
                if (session.json()) {
                    session.line(json(entry));
                } else {
                    table.row(
                            entry.name(),
                            kind(entry),
                            entry.value().map(KeyCodec::showBytes).orElse(null));
                }
            });
            if (!session.json() && table.end() == 0) {
                session.remark("no entries");
            }
            return ExitCode.DONE;
        });
    }

    private static Json json(ContextEntry entry) {
        return Json.object()
                .with("name", entry.name())
                .with("kind", kind(entry))
                .with("value", entry.value().orElse(null));
    }

    private static String kind(ContextEntry entry) {
        return entry.isDirectory() ? "directory" : "value";
    }
}
