package org.dacite.cli;

import java.util.function.Function;
import org.dacite.context.Context;
import org.dacite.context.ContextView;
import org.dacite.history.Dacite;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The state that a verb reads: with what is staged, or at a revision. Filled for one run. */
final class StateOption {
    @Mixin
    private StageOption stage;

    @Option(
            names = "--at",
            paramLabel = "REV",
            description = "At a revision (default: what is staged, on what it is staged on).")
    private String at;

    /** Reads in the state. */
    <T> T read(Session session, Function<ContextView, T> reading) {
        try (Dacite dacite = Stores.toRead(session)) {
            if (at == null) {
                try (Context context = stage.of(dacite).open()) {
                    return reading.apply(context.view());
                }
            }
            try (ContextView view = ContextView.at(dacite, ContextNames.revision(dacite, at))) {
                return reading.apply(view);
            }
        }
    }
}
