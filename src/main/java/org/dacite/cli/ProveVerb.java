package org.dacite.cli;

import java.util.List;
import org.dacite.bits.KeyCodec;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.proof.IncompleteTree;
import org.dacite.proof.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "prove",
        description = "Writes a proof that keys are present with their values, or absent, under the root.",
        customSynopsis = "dacite prove KEY… | --range FROM TO [--at REV] [--tree NAME[/NAME…]] [-o FILE]",
        footer = {"  dacite prove alice bob -o alice.proof", "  dacite prove --range alice bob -o a.proof --at main~1"},
        sortOptions = false)
final class ProveVerb implements Verb {
    @Parameters(arity = "0..*", paramLabel = "KEY", description = "The keys, there or not.")
    private List<String> typed = List.of();

    @Option(
            names = "--range",
            arity = "2",
            paramLabel = "KEY",
            description =
                    "All keys from the first to the second, which is not part of it, and that there are no others.")
    private List<String> range;

    @Option(names = "--at", paramLabel = "REV", description = "At a revision (default: the head of main).")
    private String at;

    @Option(names = "--tree", paramLabel = "NAME[/NAME…]", description = "In this tree.")
    private String tree;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where the proof goes (default: standard output).")
    private String file;

    @Override
    public int run(Session session) {
        if (typed.isEmpty() == (range == null) || (range != null && range.size() != 2)) {
            throw new UsageException("expected the keys to prove, or --range FROM TO, got "
                    + (typed.isEmpty() ? range == null ? "neither" : "several ranges" : "both"));
        }
        ProofFile target = ProofFile.target(session, file);
        try (Dacite dacite = Stores.toRead(session);
                Snapshot whole = Stores.at(dacite, at)) {
            Digest root = whole.root();
            IncompleteTree proof = proof(dacite, Stores.tree(whole, trees(dacite)));
            byte[] bytes = proof.bytes();
            long keys = range == null ? typed.size() : shown(proof, root);
            Json document = Json.object().with("root", root);
            target.write(
                    session,
                    bytes,
                    target.isFile() ? document.with("keys", keys) : document,
                    "proof of " + RevisionLine.counted(keys, "key", "keys") + ", "
                            + RevisionLine.counted(bytes.length, "byte", "bytes") + ", for root " + root
                            + advice(dacite.codec(), root));
            return ExitCode.DONE;
        }
    }

    private List<byte[]> trees(Dacite dacite) {
        return Session.trees(tree, dacite.codec());
    }

    private IncompleteTree proof(Dacite dacite, Snapshot state) {
        KeyCodec codec = dacite.codec();
        return range == null
                ? state.prove(typed.stream().map(codec::parse).toList())
                : state.proveRange(codec.parse(range.get(0)), codec.parse(range.get(1)));
    }

    private static long shown(IncompleteTree proof, Digest root) {
        long[] count = {0};
        proof.verify(root).forEach(shown -> count[0] += shown.verdict() instanceof Verdict.Present ? 1 : 0);
        return count[0];
    }

    /** How to check it, where {@code check} would not read the keys as they are if nothing else was said. */
    private String advice(KeyCodec codec, Digest root) {
        return codec.name().equals(CheckVerb.CODEC_ASSUMED)
                ? ""
                : "; dacite check " + (file == null ? "FILE" : file) + " --root " + root + " --keys " + codec.name();
    }
}
