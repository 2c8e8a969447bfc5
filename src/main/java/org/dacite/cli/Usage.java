package org.dacite.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of a command: its own options first, those that all commands have last. */
final class Usage {
    private static final int WIDTH = 110;

    private Usage() {}

    static String of(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.width(WIDTH);
        usage.adjustLineBreaksForWideCJKCharacters(false);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, Usage::options);
        return command.getUsageMessage(Ansi.OFF);
    }

    private static String options(Help help) {
        List<OptionSpec> own = new ArrayList<>();
        List<OptionSpec> common = new ArrayList<>();
        for (OptionSpec option : help.commandSpec().options()) {
            if (!option.hidden()) {
                (option.inherited() ? common : own).add(option);
            }
        }
        return section(help, own, "Options") + section(help, common, "Options of all commands");
    }

    private static String section(Help help, List<OptionSpec> options, String title) {
        if (options.isEmpty()) {
            return "";
        }
        Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
        layout.addOptions(options, help.createDefaultParamLabelRenderer());
        return System.lineSeparator() + title + ":" + System.lineSeparator() + layout;
    }
}
