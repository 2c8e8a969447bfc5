package org.dacite.cli;

import java.util.List;
import org.dacite.bits.KeyCodec;
import org.dacite.history.Batch;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "put",
        description = "Puts values at keys, as one revision; makes the store when there is none.",
        customSynopsis = "dacite put KEY VALUE [KEY VALUE …] [--tree NAME[/NAME…]] [--branch NAME] [-m MESSAGE]",
        footer = {"  dacite put alice 10 bob 7 -m \"first coins\"", "  dacite put --tree accounts/savings alice 100"},
        sortOptions = false)
final class PutVerb implements Verb {
    @Parameters(
            arity = "2..*",
            paramLabel = "KEY VALUE",
            hideParamSyntax = true,
            description =
                    "Keys with their values: text, or bytes as 0x and hexadecimal digits. A text key is taken as it stands; where"
                            + " keys are bytes or hashed, 0x… is hexadecimal too.")
    private List<String> words;

    @Option(names = "--tree", paramLabel = "NAME[/NAME…]", description = "The tree to put them in; made when missing.")
    private String tree;

    @Mixin
    private BranchOption branch;

    @Mixin
    private NoteOptions note;

    @Mixin
    private MakeOptions make;

    @Override
    public int run(Session session) {
        if (words.size() % 2 != 0) {
            throw new UsageException("expected a value for each key, got the key '" + words.get(words.size() - 1)
                    + "' without one; an empty value is \"\"");
        }
        Stores.fill(session, make, dacite -> {
            KeyCodec codec = dacite.codec();
            List<byte[]> trees = Session.trees(tree, codec);
            String message = NoteOptions.message("put", words.get(0), words.size() / 2);
            Revision revision = branch.of(dacite).commit(note.note(message), batch -> {
                Batch inner = in(batch, trees);
                for (int i = 0; i < words.size(); i += 2) {
                    inner.put(codec.parse(words.get(i)), KeyCodec.parseBytes(words.get(i + 1)));
                }
            });
            show(session, dacite, revision);
        });
        return ExitCode.DONE;
    }

    /** The part of a batch that a path of trees names. */
    static Batch in(Batch batch, Iterable<byte[]> trees) {
        Batch inner = batch;
        for (byte[] name : trees) {
            inner = inner.tree(name);
        }
        return inner;
    }

    static void show(Session session, Dacite dacite, Revision revision) {
        if (session.json()) {
            session.line(RevisionLine.of(dacite).json(revision));
        } else {
            session.line(RevisionLine.sentence(revision));
        }
    }
}
