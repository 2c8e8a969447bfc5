package org.dacite.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The words that {@code dacite} knows. Only the one that was asked for is made. */
final class Verbs {
    private static final List<String> NAMES = List.of(
            "init",
            "load",
            "put",
            "delete",
            "link",
            "get",
            "scan",
            "root",
            "log",
            "diff",
            "history",
            "branch",
            "tag",
            "reset",
            "retention",
            "prune",
            "export",
            "import",
            "rehash",
            "prove",
            "check",
            "check-rows",
            "prove-diff",
            "check-diff",
            "prove-revision",
            "check-revision",
            "log-append",
            "log-list",
            "log-root",
            "log-get",
            "log-prove",
            "log-check",
            "fsck",
            "stats",
            "draw",
            "query",
            "sql",
            "view",
            "index",
            "migrate",
            "copy",
            "backup",
            "compare",
            "context",
            "bench",
            "help");

    /** The common options that take a value, which is no verb. */
    private static final Set<String> WITH_VALUE = Set.of("--store", "--wait", "--synchronous", "--cache", "--progress");

    private static final Map<String, String> DEFAULT_EXIT_CODES =
            UsageMessageSpec.keyValuesMap("0:Done.", "2:Misuse.", "3:The store could not do it.");

    private Verbs() {}

    /** A new verb of that name, null when there is none. */
    static Verb make(String name) {
        return switch (name) {
            case "init" -> new InitVerb();
            case "put" -> new PutVerb();
            case "delete" -> new DeleteVerb();
            case "link" -> new LinkVerb();
            case "get" -> new GetVerb();
            case "scan" -> new ScanVerb();
            case "root" -> new RootVerb();
            case "log" -> new LogVerb();
            case "diff" -> new DiffVerb();
            case "history" -> new HistoryVerb();
            case "branch" -> new BranchVerb();
            case "tag" -> new TagVerb();
            case "reset" -> new ResetVerb();
            case "retention" -> new RetentionVerb();
            case "prune" -> new PruneVerb();
            case "export" -> new ExportVerb();
            case "import" -> new ImportVerb();
            case "rehash" -> new RehashVerb();
            case "prove" -> new ProveVerb();
            case "check" -> new CheckVerb();
            case "check-rows" -> new CheckRowsVerb();
            case "prove-diff" -> new ProveDiffVerb();
            case "check-diff" -> new CheckDiffVerb();
            case "prove-revision" -> new ProveRevisionVerb();
            case "check-revision" -> new CheckRevisionVerb();
            case "log-append" -> new LogAppendVerb();
            case "log-list" -> new LogListVerb();
            case "log-root" -> new LogRootVerb();
            case "log-get" -> new LogGetVerb();
            case "log-prove" -> new LogProveVerb();
            case "log-check" -> new LogCheckVerb();
            case "load" -> new LoadVerb();
            case "fsck" -> new FsckVerb();
            case "stats" -> new StatsVerb();
            case "draw" -> new DrawVerb();
            case "query" -> new QueryVerb();
            case "sql" -> new SqlVerb();
            case "view" -> new ViewVerb();
            case "index" -> new IndexVerb();
            case "copy" -> new CopyVerb();
            case "backup" -> new BackupVerb();
            case "compare" -> new CompareVerb();
            case "migrate" -> new MigrateVerb();
            case "context" -> new ContextVerb();
            case "bench" -> new BenchVerb();
            case "help" -> new HelpVerb();
            default -> null;
        };
    }

    /** The first argument that is neither an option nor the value of one; empty when there is none. */
    static String wordIn(String[] args) {
        List<String> words = wordsIn(args, 1);
        return words.isEmpty() ? "" : words.get(0);
    }

    private static List<String> wordsIn(String[] args, int most) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < args.length && words.size() < most; i++) {
            if (WITH_VALUE.contains(args[i])) {
                i++;
            } else if (!args[i].startsWith("-")) {
                words.add(args[i]);
            }
        }
        return words;
    }

    /** A command line with this verb alone, and of a family the member that is asked for; all of them where none is. */
    static CommandLine lineOf(Options options, String name, Verb verb, String[] args) {
        CommandLine line = new CommandLine(options);
        add(line, name, verb);
        if (verb instanceof VerbFamily family) {
            List<String> words = wordsIn(args, 2);
            List<String> members =
                    words.size() > 1 && family.names().contains(words.get(1)) ? List.of(words.get(1)) : family.names();
            addMembers(line.getSubcommands().get(name), family, members);
        }
        return configured(line);
    }

    private static void addMembers(CommandLine line, VerbFamily family, List<String> names) {
        names.forEach(name -> add(line, name, family.make(name)));
    }

    /** A command line with all verbs, for help. */
    static CommandLine allOf(Options options) {
        CommandLine line = new CommandLine(options);
        for (String name : NAMES) {
            Verb verb = make(name);
            add(line, name, verb);
            if (verb instanceof VerbFamily family) {
                addMembers(line.getSubcommands().get(name), family, family.names());
            }
        }
        line.getCommandSpec().usageMessage().footer("", "'dacite help COMMAND' tells more of one, with an example.");
        return configured(line);
    }

    private static void add(CommandLine line, String name, Verb verb) {
        line.addSubcommand(name, verb);
        UsageMessageSpec usage =
                line.getSubcommands().get(name).getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n");
        if (usage.exitCodeList().isEmpty()) {
            usage.exitCodeList(DEFAULT_EXIT_CODES);
        }
        usage.descriptionHeading("%n");
        usage.parameterListHeading("%nArguments:%n");
        usage.footerHeading("%nExample:%n");
    }

    private static CommandLine configured(CommandLine line) {
        return line.setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setCaseInsensitiveEnumValuesAllowed(false)
                .setUnmatchedOptionsArePositionalParams(false);
    }

    /** The refusal of a word that is no verb, with the nearest one. */
    static UsageException unknown(String word) {
        String nearest = "";
        int least = Math.max(2, word.length() / 2) + 1;
        for (String name : NAMES) {
            int distance = distance(word, name);
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        String hint = nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?";
        return new UsageException("expected a command, got '" + word + "'" + hint + (hint.isEmpty() ? "; " : " ")
                + "'dacite help' lists them");
    }

    /** How many characters must be put in, taken out or changed to make one word the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
