package org.dacite.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.query.ReadOnlySql;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sql",
        description = {
            "Runs one SQL statement that reads.",
            "At hand: the tables revision, branch, vertex, leaf, the relation state (all keys and values at a",
            "revision), :revision, and the functions dacite_hash, hex, key_text and bits."
        },
        customSynopsis = "dacite sql \"SELECT …\" [--at REV] [--timeout SECONDS] [--limit N] [-o FILE]",
        footer = {
            "  dacite sql --prove -o rows.csv \"select key, value from state where key like 'al%%'\"",
            "  dacite sql \"select key, value from state where key like 'al%%'\" --at main~1",
            "  dacite sql \"select id, hex(root) as root from revision order by id desc\" --limit 3 --json"
        },
        sortOptions = false)
final class SqlVerb implements Verb {
    static final int TIMEOUT_SECONDS = 60;

    private static final Pattern AT_A_REVISION = Pattern.compile("(?i):revision\\b|\\bstate\\b");

    @Parameters(paramLabel = "STATEMENT", description = "The statement, as one argument.")
    private String statement;

    @Option(
            names = "--at",
            paramLabel = "REV",
            description = "What :revision and state mean (default: the head of main).")
    private String at;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long it may take (default: 60).")
    private int timeoutSeconds = TIMEOUT_SECONDS;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many rows (default: all).")
    private Long limit;

    @Mixin
    private RowOptions rows;

    @Option(
            names = "--prove",
            description = {
                "Write FILE.proof beside the rows: that they hold, and are all. Only for columns tree, key, value, key_hex",
                "and value_hex of state, chosen by tree and key; 'dacite check-rows' checks it."
            })
    private boolean prove;

    @Override
    public int run(Session session) throws IOException {
        long most = Limit.of(limit, Long.MAX_VALUE);
        try (Dacite dacite = Stores.toRead(session)) {
            if (prove) {
                new SqlProver(session, dacite, Stores.committed(dacite, at), statement).write(rows, timeoutSeconds);
                return ExitCode.DONE;
            }
            OptionalLong revision = revision(dacite);
            Answer.show(
                    session,
                    rows,
                    most,
                    each -> ReadOnlySql.run(dacite.store(), statement, revision, timeoutSeconds, each));
            return ExitCode.DONE;
        }
    }

    /** The revision that is meant; none where none is needed, so that a store without main may be asked too. */
    private OptionalLong revision(Dacite dacite) {
        Optional<Revision> found =
                at == null && !AT_A_REVISION.matcher(statement).find()
                        ? dacite.branch(Branch.MAIN).head()
                        : Stores.revision(dacite, at);
        return found.isPresent() ? OptionalLong.of(found.get().id()) : OptionalLong.empty();
    }
}
