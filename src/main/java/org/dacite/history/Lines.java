package org.dacite.history;

import java.util.Optional;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.log.CompactRange;
import org.dacite.store.Revision;
import org.dacite.store.WriteTransaction;

/**
 * The compact range over the hashes of the line that was committed to last, so that the next commit appends one digest
 * and reads none. Used by the one writer alone, inside its transaction.
 */
final class Lines {
    private final HashAlgorithm algorithm;
    private CompactRange range;
    private long head;

    Lines(HashAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    /** The range over a revision and all before it on its line; over nothing for none. */
    CompactRange upTo(Optional<Revision> parent, WriteTransaction transaction) {
        if (parent.isEmpty()) {
            return CompactRange.empty(algorithm);
        }
        Revision revision = parent.get();
        if (range == null || head != revision.id()) {
            boolean next = range != null
                    && revision.parent().isPresent()
                    && revision.parent().getAsLong() == head;
            if (next) {
                range.append(revision.hash().bytes());
            } else {
                range = CompactRange.empty(algorithm);
                transaction.lineHashes(revision.id()).forEach(range::append);
            }
            head = revision.id();
        }
        return range;
    }
}
