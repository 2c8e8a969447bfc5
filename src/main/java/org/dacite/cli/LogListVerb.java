package org.dacite.cli;

import org.dacite.history.Dacite;
import picocli.CommandLine.Command;

@Command(
        name = "log-list",
        description = "Lists the named logs of records with their sizes and roots.",
        customSynopsis = "dacite log-list",
        footer = "  dacite log-list --json",
        sortOptions = false)
final class LogListVerb implements Verb {
    @Override
    public int run(Session session) {
        try (Dacite dacite = Stores.toRead(session)) {
            Table table = session.table("log", "size", "root");
            dacite.recordLogs().forEach((name, size) -> {
                Object root = dacite.recordLog(name).root(size);
                if (session.json()) {
                    session.line(
                            Json.object().with("log", name).with("size", size).with("root", root));
                } else {
                    table.row(name, size, root);
                }
            });
            if (!session.json() && table.end() == 0) {
                session.remark("no logs of records yet; 'dacite log-append' makes one");
            }
            return ExitCode.DONE;
        }
    }
}
