package org.dacite.cli;

import org.dacite.bits.KeyCodec;
import org.dacite.context.ContextPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "set",
        description = {
            "Stages a value at a path; makes the store when there is none.",
            "Missing directories are made; whatever stands at the path is replaced, and a value on the way."
        },
        customSynopsis = "dacite context set PATH VALUE [--stage NAME] [--hash-scheme SCHEME]",
        footer = "  dacite context set contracts/alice/coins 0x0a",
        sortOptions = false)
final class ContextSetVerb implements Verb {
    @Parameters(index = "0", paramLabel = "PATH", description = "Names divided by '/'.")
    private String path;

    @Parameters(index = "1", paramLabel = "VALUE", description = "Text, or bytes as 0x and hexadecimal digits.")
    private String value;

    @Mixin
    private StageOption stage;

    @Mixin
    private MakeOptions make;

    @Override
    public int run(Session session) {
        ContextPath to = ContextPath.parse(path);
        byte[] bytes = KeyCodec.parseBytes(value);
        Stores.fill(session, make, dacite -> {
            long number = stage.of(dacite).set(to, bytes);
            if (session.json()) {
                session.line(Json.object().with("change", number).with("path", to));
            } else {
                session.line(Text.escaped("staged as change " + number + ": set " + to));
            }
        });
        return ExitCode.DONE;
    }
}
