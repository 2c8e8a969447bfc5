package org.dacite.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.dacite.log.LogDamageException;
import org.dacite.store.StoreException;
import org.dacite.tree.DamageException;
import org.dacite.tree.KindException;
import picocli.CommandLine.ParameterException;

/** Turns what was thrown into one line on standard error and an exit code. */
final class Failures {
    private Failures() {}

    /** What cannot be read as a command: exit code 2. */
    static int misuse(ParameterException error, String[] args, Console console) {
        String name = error.getCommandLine().getCommandSpec().qualifiedName(" ");
        String help = "; '" + name + " --help' tells more";
        boolean verbose = Arrays.asList(args).contains("--verbose");
        return write(MisusedWords.reason(error, args) + help, error, verbose, ExitCode.MISUSE, console);
    }

    /** Anything else: misuse is 2, what the store could not do is 3, and so is what nobody foresaw. */
    static int report(Throwable error, boolean verbose, Console console) {
        if (error instanceof IllegalArgumentException) {
            return write(advised(error), error, verbose, ExitCode.MISUSE, console);
        }
        if (error instanceof FileSystemException file) {
            return write(reason(file), error, verbose, ExitCode.MISUSE, console);
        }
        return write(failure(error), error, verbose, ExitCode.FAILED, console);
    }

    /** The message of a misuse. What the library says of batches is said of the command that does it. */
    static String advised(Throwable error) {
        String message = String.valueOf(error.getMessage());
        return error instanceof KindException
                ? message.replaceFirst("; delete it first.*", "; 'dacite delete' deletes it")
                : message;
    }

    private static String failure(Throwable error) {
        if (error instanceof StoreException || error instanceof Console.UnwritableException) {
            return error.getMessage();
        }
        if (error instanceof DamageException || error instanceof LogDamageException) {
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
