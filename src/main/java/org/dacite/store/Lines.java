package org.dacite.store;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.log.CompactRange;
import org.dacite.log.StoredLog;

/**
 * The compact range over the hashes of the line that was committed to last, so that the next commit reads none; that of
 * another line is read by one statement. Used by the one writer alone, inside its transaction.
 */
public final class Lines {
    private final HashAlgorithm algorithm;
    private CompactRange range;
    private Digest head;

    public Lines(HashAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    /** The tree hash over the hashes of a revision and all before it on its line; over nothing for none. */
    public byte[] history(Optional<Revision> parent, WriteTransaction transaction) {
        Digest wanted = parent.map(Revision::hash).orElse(null);
        if (range == null || head == null || !head.equals(wanted)) {
            range = parent.isEmpty()
                    ? CompactRange.empty(algorithm)
                    : StoredLog.of(
                                    algorithm,
                                    parent.get().height() + 1,
                                    transaction.logs().lineNodes(parent.get().line()))
                            .range();
        }
        head = null; // whatever fails from here on, the range must not be taken for more than it covers
        return range.root();
    }

    /** Appends the hash of the revision that stands on the one asked for; answers the nodes that it completes, as its row has them. */
    public byte[] append(Digest hash) {
        ByteArrayOutputStream nodes = new ByteArrayOutputStream(2 * Digest.BYTES);
        range.append(hash.bytes(), (position, digest) -> nodes.writeBytes(digest.bytes()));
        head = hash;
        return nodes.toByteArray();
    }
}
