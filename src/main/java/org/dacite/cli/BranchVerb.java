package org.dacite.cli;

import java.util.List;
import java.util.Map;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "branch",
        description = {
            "Lists the branches with their heads, or makes, renames or deletes one.",
            "Commits go to main unless --branch names another; 'dacite reset' moves one elsewhere."
        },
        customSynopsis = "dacite branch [NAME [REV] | --rename NAME NAME | --delete NAME]",
        footer = {"  dacite branch audit main~3", "  dacite branch --rename audit audit-2026"},
        sortOptions = false)
final class BranchVerb implements Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The branch to make.")
    private String made;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "REV",
            description = "Where it begins (default: the head of main).")
    private String at;

    @Option(names = "--rename", arity = "2", paramLabel = "NAME", description = "Give the first the second name.")
    private List<String> renamed;

    @Option(
            names = "--delete",
            paramLabel = "NAME",
            description = "Delete it, unless it is the last one; its revisions stay until they are pruned.")
    private String deleted;

    @Override
    public int run(Session session) {
        Naming.requireOne(made, renamed, deleted);
        if (made == null && renamed == null && deleted == null) {
            try (Dacite dacite = Stores.toRead(session)) {
                Map<String, Long> branches = dacite.branches();
                Naming.list(session, dacite, branches);
                if (branches.isEmpty() && !session.json()) {
                    session.remark("no branches yet; the first commit makes main");
                }
            }
            return ExitCode.DONE;
        }
        try (Dacite dacite = Stores.toWrite(session)) {
            if (made != null) {
                Revision revision = Stores.committed(dacite, at);
                dacite.branch(made).create(revision);
                Naming.tell(session, "branch " + made + " at", made, revision);
            } else if (deleted != null) {
                Revision revision = dacite.branch(deleted).getHead();
                dacite.branch(deleted).delete();
                Naming.tell(session, "deleted branch " + deleted + ", which stood at", deleted, revision);
            } else {
                String name = renamed.get(1);
                dacite.branch(renamed.get(0)).rename(name);
                Revision revision = dacite.branch(name).getHead();
                Naming.tell(session, "branch " + renamed.get(0) + " is now " + name + ", at", name, revision);
            }
            return ExitCode.DONE;
        }
    }
}
