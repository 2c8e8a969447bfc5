package org.dacite.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dacite.bits.Bits;
import org.dacite.bits.KeyCodec;
import org.dacite.hashing.Digest;
import org.dacite.proof.IncompleteTree;
import org.dacite.proof.ProofFormatException;
import org.dacite.proof.ProofMismatchException;
import org.dacite.proof.Verdict;
import org.dacite.proof.VerifiedTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The light client: knows a proof and a root, no store. */
@Command(
        name = "check",
        description = {
            "Checks a proof against a root that you trust; needs no store.",
            "Says of every key whether it is present, absent or unknown; without keys, lists all that the proof shows."
        },
        customSynopsis = "dacite check FILE|- --root HEX [KEY…] [--keys CODEC] [--tree NAME[/NAME…]]",
        footer = "  dacite check alice.proof --root 3a362571…93fd alice bob",
        exitCodeList = {
            "0:The proof holds, and says of every key that it is present or absent.",
            "1:It does not hold, is no proof, or leaves a key unknown.",
            "2:Misuse, the file cannot be read, or its keys are not of that codec."
        },
        sortOptions = false)
final class CheckVerb implements Verb {
    /** How keys are read when nobody says so. */
    static final String CODEC_ASSUMED = "text";

    @Parameters(index = "0", paramLabel = "FILE", description = "The proof; - is standard input.")
    private String file;

    @Parameters(index = "1..*", paramLabel = "KEY", description = "The keys that are asked about.")
    private List<String> typed = List.of();

    @Option(names = "--root", required = true, paramLabel = "HEX", description = "The trusted root, 64 hex digits.")
    private String trusted;

    @Option(
            names = "--keys",
            paramLabel = "CODEC",
            description = "How the store's keys are made: text (the default), bytes, uint or hashed.")
    private String keys;

    @Option(names = "--tree", paramLabel = "NAME[/NAME…]", description = "The tree that the keys are in.")
    private String tree;

    /** What is said of one key; {@code trees}: the path of the tree that it is in, of one that the proof lists unasked. */
    private record Answer(String trees, String key, Verdict verdict) {
        Json json() {
            Json json = trees == null ? Json.object() : Json.object().with("tree", trees);
            json.with("key", key).with("verdict", verdict.word()).with("value", value());
            return verdict instanceof Verdict.PresentTree linked ? json.with("tree_root", linked.root()) : json;
        }

        String shown() {
            if (verdict instanceof Verdict.PresentTree linked) {
                return Text.tree(linked.root());
            }
            return value() == null ? null : KeyCodec.showBytes(value());
        }

        private byte[] value() {
            return verdict instanceof Verdict.Present present ? present.value() : null;
        }
    }

    @Override
    public int run(Session session) throws IOException {
        Digest root = Digest.parse(trusted);
        String codecName = keys == null ? CODEC_ASSUMED : keys;
        KeyCodec.named(codecName, bytes -> bytes);
        byte[] bytes = ProofFile.read(session, file);
        List<Answer> answers;
        try {
            IncompleteTree packed = IncompleteTree.parse(bytes);
            KeyCodec codec = KeyCodec.named(codecName, packed.algorithm()::hash);
            List<byte[]> trees = canonical(Session.trees(tree, codec), codec);
            VerifiedTree verified = packed.verify(root);
            SeenCodecs.of(verified).check(codec, keys != null);
            answers = typed.isEmpty() ? all(verified, trees, codec) : asked(verified, trees, codec);
        } catch (ProofFormatException e) {
            return refuse(session, root, "expected a proof in " + file + ", got something else " + e.getMessage());
        } catch (ProofMismatchException e) {
            return refuse(session, root, e.getMessage());
        }
        show(session, root, answers);
        boolean unknown = answers.stream().anyMatch(answer -> answer.verdict instanceof Verdict.Unknown);
        return unknown ? ExitCode.NO : ExitCode.DONE;
    }

    private static int refuse(Session session, Digest root, String reason) {
        if (session.json()) {
            session.line(Json.object().with("root", root).with("holds", false).with("keys", List.of()));
        }
        session.remark("dacite: " + reason);
        return ExitCode.NO;
    }

    private static List<byte[]> canonical(List<byte[]> names, KeyCodec codec) {
        return names.stream().map(codec::canonical).toList();
    }

    private List<Answer> asked(VerifiedTree verified, List<byte[]> trees, KeyCodec codec) {
        List<Answer> answers = new ArrayList<>();
        for (String each : typed) {
            byte[] key = codec.parse(each);
            List<byte[]> path = new ArrayList<>(trees);
            path.add(codec.canonical(key));
            answers.add(new Answer(null, codec.show(key), verified.find(path)));
        }
        return answers;
    }

    private static List<Answer> all(VerifiedTree verified, List<byte[]> trees, KeyCodec codec) {
        List<Bits> within = trees.stream().map(Bits::ofKey).toList();
        List<Answer> answers = new ArrayList<>();
        verified.forEach(shown -> {
            int depth = within.size();
            if (shown.trees().size() >= depth && shown.trees().subList(0, depth).equals(within)) {
                List<Bits> below = shown.trees().subList(depth, shown.trees().size());
                answers.add(new Answer(path(below, codec), shown(shown.key(), codec), shown.verdict()));
            }
        });
        return answers;
    }

    static String path(List<Bits> names, KeyCodec codec) {
        return names.isEmpty()
                ? null
                : String.join(
                        "/",
                        names.stream()
                                .map(name -> TreePath.escaped(shown(name, codec)))
                                .toList());
    }

    /** A key that a proof shows; one that the codec cannot have made is shown as its bits. */
    static String shown(Bits key, KeyCodec codec) {
        if (key.length() % 8 != 0) {
            return "bits " + key;
        }
        byte[] canonical = key.toKey();
        return codec.canMake(canonical) ? codec.show(codec.user(canonical)) : KeyCodec.showBytes(canonical);
    }

    private void show(Session session, Digest root, List<Answer> answers) {
        if (session.json()) {
            session.line(Json.object()
                    .with("root", root)
                    .with("holds", true)
                    .with("keys", answers.stream().map(Answer::json).toList()));
            return;
        }
        Table table = session.table("tree", "key", "verdict", "value");
        for (Answer answer : answers) {
            table.row(answer.trees, answer.key, answer.verdict.word(), answer.shown());
        }
        table.end();
        session.line("the proof holds for root " + root
                + (keys == null ? "; keys were read as " + CODEC_ASSUMED + ", since --keys was not given" : ""));
    }
}
