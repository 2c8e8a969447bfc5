package org.dacite.history;

import java.util.Optional;
import org.dacite.log.RevisionHeader;
import org.dacite.log.RevisionProof;
import org.dacite.log.StoredLog;
import org.dacite.log.Verification;
import org.dacite.store.LogRows;
import org.dacite.store.Revision;
import org.dacite.store.StoreException;

/** Proves what stands in the past of a revision, from the stored nodes of its line. */
final class Past {
    private Past() {}

    static Optional<RevisionProof> prove(Dacite dacite, Revision older, Revision newer) {
        Revision ownOlder = own(dacite, older);
        Revision ownNewer = own(dacite, newer);
        return dacite.store().logs(rows -> prove(dacite, rows, ownOlder, ownNewer));
    }

    private static Optional<RevisionProof> prove(Dacite dacite, LogRows rows, Revision older, Revision newer) {
        if (older.height() >= newer.height() || rows.holding(newer.line(), older.height()) != older.line()) {
            return Optional.empty();
        }
        StoredLog line = StoredLog.of(dacite.hash(), newer.height(), rows.lineNodes(newer.line()));
        RevisionProof proof = RevisionProof.of(dacite.hash(), header(older), header(newer), line);
        if (proof.verify(newer.hash()) instanceof Verification.Fails fails) {
            throw new StoreException("expected a proof that holds, got one that does not: " + fails.reason()
                    + "; the store is damaged, run 'dacite fsck'");
        }
        return Optional.of(proof);
    }

    private static Revision own(Dacite dacite, Revision revision) {
        return dacite.store()
                .revision(revision.id())
                .filter(found -> found.hash().equals(revision.hash()))
                .orElseThrow(() -> UnknownRevisionException.ofAnotherStore(revision));
    }

    private static RevisionHeader header(Revision revision) {
        return new RevisionHeader(
                revision.height(),
                revision.root(),
                revision.history(),
                revision.timeMillis(),
                revision.author(),
                revision.message());
    }
}
