package org.dacite.cli;

import org.dacite.context.Stage;
import org.dacite.history.Dacite;
import picocli.CommandLine.Option;

/** The staging area that a verb is about. Filled for one run. */
final class StageOption {
    @Option(
            names = "--stage",
            paramLabel = "NAME",
            description = "The staging area (default: default); those of other names are not touched.")
    private String name = Stage.DEFAULT;

    String name() {
        return name;
    }

    Stage of(Dacite dacite) {
        return Stage.named(dacite, name);
    }
}
