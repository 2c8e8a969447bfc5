package org.dacite.cli;

import java.util.List;
import java.util.Map;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tag",
        description = {
            "Lists the tags with their revisions, or makes, renames or deletes one.",
            "A tag names one revision for good; pruning keeps it unless 'dacite retention --no-tags' says otherwise."
        },
        customSynopsis = "dacite tag [NAME [REV] | --rename NAME NAME | --delete NAME]",
        footer = {"  dacite tag v1.0 main~3", "  dacite tag --delete v1.0"},
        sortOptions = false)
final class TagVerb implements Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The tag to make.")
    private String made;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "REV",
            description = "The revision that it names (default: the head of main).")
    private String at;

    @Option(names = "--rename", arity = "2", paramLabel = "NAME", description = "Give the first the second name.")
    private List<String> renamed;

    @Option(names = "--delete", paramLabel = "NAME", description = "Delete it; its revision stays until it is pruned.")
    private String deleted;

    @Override
    public int run(Session session) {
        Naming.requireOne(made, renamed, deleted);
        if (made == null && renamed == null && deleted == null) {
            try (Dacite dacite = Stores.toRead(session)) {
                Map<String, Long> tags = dacite.tags();
                Naming.list(session, dacite, tags);
                if (tags.isEmpty() && !session.json()) {
                    session.remark("no tags yet");
                }
            }
            return ExitCode.DONE;
        }
        try (Dacite dacite = Stores.toWrite(session)) {
            if (made != null) {
                Revision revision = Stores.committed(dacite, at);
                dacite.tag(made).create(revision);
                Naming.tell(session, "tag " + made + " at", made, revision);
            } else if (deleted != null) {
                Revision revision = dacite.tag(deleted).getRevision();
                dacite.tag(deleted).delete();
                Naming.tell(session, "deleted tag " + deleted + ", which named", deleted, revision);
            } else {
                String name = renamed.get(1);
                dacite.tag(renamed.get(0)).rename(name);
                Revision revision = dacite.tag(name).getRevision();
                Naming.tell(session, "tag " + renamed.get(0) + " is now " + name + ", at", name, revision);
            }
            return ExitCode.DONE;
        }
    }
}
