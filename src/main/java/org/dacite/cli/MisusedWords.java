package org.dacite.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence why the words of a command line cannot be read as one. */
final class MisusedWords {
    private static final Map<Class<?>, Long> LARGEST = Map.of(
            int.class,
            (long) Integer.MAX_VALUE,
            Integer.class,
            (long) Integer.MAX_VALUE,
            long.class,
            Long.MAX_VALUE,
            Long.class,
            Long.MAX_VALUE);

    private MisusedWords() {}

    static String reason(ParameterException error, String[] args) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (error instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(missing, args);
        }
        if (error instanceof OverwrittenOptionException overwritten) {
            return "expected " + name(overwritten.getOverwritten()) + " once, got it again";
        }
        ArgSpec asked = error.getArgSpec();
        if (asked == null || !asked.isOption()) {
            return String.valueOf(error.getMessage());
        }
        return value(asked, error.getValue());
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

    /** Where a word is missing but an option is unknown, that one is what went wrong. */
    private static String missing(MissingParameterException error, String[] args) {
        String unknown = unknownOption(error.getCommandLine().getCommandSpec(), args);
        if (unknown != null) {
            return unmatched(new UnmatchedArgumentException(error.getCommandLine(), List.of(unknown)));
        }
        return "expected "
                + error.getMissing().stream().map(MisusedWords::labelled).collect(Collectors.joining(" and "))
                + ", got " + (error.getMissing().get(0).arity().min() > 1 ? "fewer" : "none");
    }

    private static String labelled(ArgSpec missing) {
        if (!missing.isOption()) {
            return missing.paramLabel();
        }
        String labels = Stream.generate(missing::paramLabel)
                .limit(Math.max(1, missing.arity().min()))
                .collect(Collectors.joining(" "));
        return name(missing) + " " + labels;
    }

    private static String unknownOption(CommandSpec spec, String[] args) {
        for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
            OptionSpec option = option(spec, args[i]);
            if (option != null) {
                i += args[i].equals(option.longestName()) || args[i].length() == 2
                        ? option.arity().min()
                        : 0;
            } else if (args[i].length() > 1 && args[i].startsWith("-")) {
                return args[i];
            }
        }
        return null;
    }

    private static OptionSpec option(CommandSpec spec, String word) {
        OptionSpec whole = spec.findOption(word.replaceFirst("=.*", ""));
        boolean attached = whole == null && word.length() > 2 && word.charAt(0) == '-' && word.charAt(1) != '-';
        return attached ? spec.findOption(word.substring(0, 2)) : whole;
    }

    private static String value(ArgSpec option, String value) {
        if (option.isMultiValue()) {
            return "expected " + name(option) + " " + option.paramLabel() + ", got '" + value + "'";
        }
        if (option.arity().max() == 0) {
            return "expected " + name(option) + " without a value, got '" + value + "'";
        }
        Long largest = LARGEST.get(option.type());
        if (largest == null) {
            return "expected a value for " + name(option) + ", got '" + value + "'";
        }
        boolean large = value != null && value.matches("[0-9]+");
        return "expected a whole number" + (large ? " of at most " + largest : "") + " for " + name(option) + ", got '"
                + value + "'";
    }

    private static String name(ArgSpec option) {
        return ((OptionSpec) option).longestName();
    }
}
