package org.dacite.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.dacite.store.StoreException;
import org.dacite.tree.DamageException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what was thrown into one line on standard error and an exit code. */
final class Failures {
    private Failures() {}

    /** What cannot be read as a command: exit code 2. */
    static int misuse(ParameterException error, String[] args, Console console) {
        String name = error.getCommandLine().getCommandSpec().qualifiedName(" ");
        String help = "; '" + name + " --help' tells more";
        String text;
        if (error instanceof UnmatchedArgumentException unmatched) {
            text = unmatched(unmatched) + help;
        } else if (error instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            String labels = missing.getMissing().stream()
                    .map(each -> each.isOption()
                            ? ((picocli.CommandLine.Model.OptionSpec) each).longestName() + " " + each.paramLabel()
                            : each.paramLabel())
                    .collect(Collectors.joining(" and "));
            text = "expected " + labels + ", got none" + help;
        } else {
            text = error.getMessage() + help;
        }
        boolean verbose = Arrays.asList(args).contains("--verbose");
        return write(text, error, verbose, ExitCode.MISUSE, console);
    }

    private static String unmatched(UnmatchedArgumentException error) {
        String word = error.getUnmatched().get(0);
        List<String> near = error.getSuggestions();
        String hint = near.isEmpty() || !error.isUnknownOption()
                ? ""
                : "; did you mean " + near.stream().limit(3).collect(Collectors.joining(" or ")) + "?";
        return error.isUnknownOption()
                ? "expected an option, got '" + word + "'" + hint + " ('--' before keys and values that begin with '-')"
                : "expected no more arguments, got '" + word + "'";
    }

    /** Anything else: misuse is 2, what the store could not do is 3, and so is what nobody foresaw. */
    static int report(Throwable error, boolean verbose, Console console) {
        if (error instanceof IllegalArgumentException) {
            return write(error.getMessage(), error, verbose, ExitCode.MISUSE, console);
        }
        if (error instanceof FileSystemException file) {
            return write(reason(file), error, verbose, ExitCode.MISUSE, console);
        }
        return write(failure(error), error, verbose, ExitCode.FAILED, console);
    }

    private static String failure(Throwable error) {
        if (error instanceof StoreException || error instanceof Console.UnwritableException) {
            return error.getMessage();
        }
        if (error instanceof DamageException) {
            return error.getMessage() + "; 'dacite fsck' tells more";
        }
        if (error instanceof OutOfMemoryError) {
            return "expected enough memory, but it ran out; give Java more (DACITE_JAVA_OPTS=-Xmx4g), or take smaller batches";
        }
        String message = error.getMessage();
        return "failed: " + error.getClass().getSimpleName() + (message == null ? "" : ": " + message)
                + "; --verbose shows where";
    }

    /** Why a file could not be read or written. */
    static String reason(FileSystemException error) {
        String file = error.getFile();
        if (error instanceof NoSuchFileException) {
            return "expected a file at " + file + ", found none";
        }
        if (error instanceof AccessDeniedException) {
            return "expected a file with permission at " + file + ", but it was denied";
        }
        return "expected to use the file " + file + ", but that failed: "
                + (error.getReason() == null ? error.getClass().getSimpleName() : error.getReason());
    }

    private static int write(String text, Throwable error, boolean verbose, int code, Console console) {
        try {
            console.flush();
        } catch (RuntimeException e) {
            error.addSuppressed(e); // what was written so far cannot be read by anybody
        }
        console.errLine("dacite: " + Text.oneLine(String.valueOf(text)));
        if (verbose) {
            PrintWriter trace = new PrintWriter(console.err(), true, StandardCharsets.UTF_8);
            error.printStackTrace(trace);
            trace.flush();
        }
        return code;
    }
}
