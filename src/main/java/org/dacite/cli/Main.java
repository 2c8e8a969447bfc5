package org.dacite.cli;

import java.io.InputStream;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command {@code dacite}. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        Console console = Console.ofProcess();
        int code;
        try {
            code = run(Arguments.read(args), console);
        } catch (UsageException e) {
            code = Failures.report(e, false, console);
        }
        System.exit(code);
    }

    /**
     * Runs one command in this process.
     *
     * @param in what {@code -} reads
     * @param out takes the answer; written as UTF-8
     * @param err takes errors, progress and remarks
     * @return 0 done, 1 the answer is no, 2 misuse, 3 the store could not do it
     */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        return run(args, new Console(in, out, err, false, false));
    }

    static int run(String[] args, Console console) {
        Options options = new Options();
        int code;
        try {
            code = answer(args, options, console);
            console.flush();
        } catch (Console.NobodyListens e) {
            code = ExitCode.DONE;
        } catch (ParameterException e) {
            code = Failures.misuse(e, args, console);
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            code = Failures.report(e, options.verbose, console);
        }
        return code;
    }

    private static int answer(String[] args, Options options, Console console) throws Exception {
        String word = Verbs.wordIn(args);
        if (word.equals("help") || word.isEmpty()) {
            return help(args, options, console);
        }
        Verb verb = Verbs.make(word);
        if (verb == null) {
            throw Verbs.unknown(word);
        }
        CommandLine line = Verbs.lineOf(options, word, verb, args);
        ParseResult parsed = line.parseArgs(args);
        boolean asksForHelp = parsed.isUsageHelpRequested();
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
            asksForHelp |= parsed.isUsageHelpRequested();
        }
        CommandLine chosen = parsed.commandSpec().commandLine();
        if (asksForHelp) {
            console.line(Usage.of(chosen).stripTrailing());
            return ExitCode.DONE;
        }
        if (options.version) {
            return version(console);
        }
        if (!options.progress.equals("auto")) {
            Progress.check(options.progress); // loads the bar, which a small verb does not need
        }
        Verb asked = (Verb) parsed.commandSpec().userObject();
        return asked.run(new Session(console, options));
    }

    /** {@code dacite}, {@code dacite --help}, {@code dacite --version}, {@code dacite help [VERB]}. */
    private static int help(String[] args, Options options, Console console) {
        CommandLine all = Verbs.allOf(options);
        ParseResult parsed = all.parseArgs(args);
        if (options.version) {
            return version(console);
        }
        if (!parsed.isUsageHelpRequested() && !parsed.hasSubcommand()) {
            throw new UsageException("expected a command, got none; 'dacite help' lists them");
        }
        String word = "";
        if (parsed.hasSubcommand()) {
            ParseResult verb = parsed.subcommand();
            word = verb.isUsageHelpRequested() ? verb.commandSpec().name() : HelpVerb.asked(verb);
        }
        CommandLine chosen = word.isEmpty() ? all : all.getSubcommands().get(word);
        if (chosen == null) {
            throw Verbs.unknown(word);
        }
        console.line(Usage.of(chosen).stripTrailing());
        return ExitCode.DONE;
    }

    private static int version(Console console) {
        String version = Main.class.getPackage().getImplementationVersion();
        console.line("dacite " + (version == null ? "(built from a working copy)" : version));
        return ExitCode.DONE;
    }
}
