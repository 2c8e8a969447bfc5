package org.dacite.moves;

import java.util.Optional;
import org.dacite.hashing.Digest;
import org.dacite.history.CommitWitness;
import org.dacite.store.ContextRows;
import org.dacite.store.Revision;
import org.dacite.store.Store;
import org.dacite.store.Transfer;
import org.dacite.store.WriteTransaction;
import org.dacite.tree.DamageException;

/** Makes the hashes anew that revisions of a store carry beside its own, and holds them against those that it has. For one copy. */
public final class CarriedHashes implements Transfer.Witness {
    private final Store from;
    private CommitWitness witness;

    public CarriedHashes(Store from) {
        this.from = from;
    }

    @Override
    public void put(WriteTransaction into, Optional<Revision> parent, long base, Revision revision, Digest claimed) {
        if (witness == null) {
            witness = CommitWitness.behind(from.contexts(ContextRows::scheme).orElse("no"));
        }
        Digest found = witness.retell(into, parent, base, revision);
        if (!found.equals(claimed)) {
            throw new DamageException(
                    revision.rootLink(),
                    "expected the " + witness.scheme() + " hash " + found + " of revision " + revision.id() + ", found "
                            + claimed);
        }
    }
}
