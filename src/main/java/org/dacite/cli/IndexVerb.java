package org.dacite.cli;

import org.dacite.history.Dacite;
import org.dacite.store.IndexLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "index",
        description = {
            "Makes and drops the indexes of the store.",
            "none: a commit touches no random page; leaves: SQL finds rows by key; all: also vertices by prefix."
        },
        customSynopsis = "dacite index none|leaves|all",
        footer = "  dacite index all",
        sortOptions = false)
final class IndexVerb implements Verb {
    @Parameters(paramLabel = "LEVEL", description = "none, leaves or all.")
    private String level;

    @Override
    public int run(Session session) {
        IndexLevel wanted = IndexLevel.labelled(level);
        try (Dacite dacite = Stores.toWrite(session)) {
            IndexLevel before = dacite.store().indexes();
            dacite.store().index(wanted);
            if (session.json()) {
                session.line(Json.object().with("indexes", wanted.label()).with("before", before.label()));
            } else {
                session.line("indexes: " + wanted.label() + " (before: " + before.label() + ")");
            }
            return ExitCode.DONE;
        }
    }
}
