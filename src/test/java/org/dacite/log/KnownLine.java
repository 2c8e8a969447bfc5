package org.dacite.log;

import java.util.ArrayList;
import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.reference.ReferenceHash;

/** A line of revisions whose hashes and histories are made by the reference, and whose nodes are stored in memory. */
final class KnownLine {
    private final HashAlgorithm algorithm;
    private final List<RevisionHeader> revisions = new ArrayList<>();
    private final List<Digest> hashes = new ArrayList<>();
    private final MemoryLog nodes = new MemoryLog();

    private KnownLine(HashAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    static KnownLine of(HashAlgorithm algorithm, int size) {
        KnownLine line = new KnownLine(algorithm);
        ReferenceHash reference = ReferenceHash.labelled(algorithm.label());
        CompactRange range = CompactRange.empty(algorithm);
        List<byte[]> entries = new ArrayList<>();
        for (int height = 0; height < size; height++) {
            byte[] root = reference.of(new byte[] {(byte) height});
            byte[] history = reference.log(entries);
            String author = height % 3 == 0 ? "" : "Zoë 𝄞".repeat(height % 30);
            long millis = height % 2 == 0 ? -height : 1_700_000_000_000L + height;
            line.revisions.add(
                    new RevisionHeader(height, Digest.of(root), Digest.of(history), millis, author, "block " + height));
            byte[] hash = reference.revision(height, root, history, millis, author, "block " + height);
            line.hashes.add(Digest.of(hash));
            entries.add(hash);
            range.append(hash, line.nodes);
        }
        return line;
    }

    RevisionHeader revision(int height) {
        return revisions.get(height);
    }

    /** As the reference made it. */
    Digest hash(int height) {
        return hashes.get(height);
    }

    RevisionProof proof(int older, int newer) {
        StoredLog log = StoredLog.of(algorithm, revisions.size(), nodes);
        return RevisionProof.of(algorithm, revision(older), revision(newer), log);
    }
}
