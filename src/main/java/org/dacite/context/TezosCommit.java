package org.dacite.context;

import java.util.List;
import java.util.Optional;
import org.dacite.hashing.Digest;
import org.dacite.store.Revision;

/** The Tezos hashes of commits. For one thread. */
final class TezosCommit {
    private static final long MILLIS_A_SECOND = 1_000;

    private final TezosDirectories directories;
    private final TezosDirectories.Remembered remembered;

    TezosCommit(TezosDirectories directories, TezosDirectories.Remembered remembered) {
        this.directories = directories;
        this.remembered = remembered;
    }

    /**
     * The hash of a commit: of its root directory, of the hash of its parent if that carries one, and of its time in whole
     * seconds, author and message.
     *
     * @param changes what it changed
     * @param made the revision, which need not be stored
     */
    Digest hash(List<TreeChanges.Tree> changes, Optional<Revision> parent, Revision made) {
        directories.changed(changes);
        byte[] root = directories.hash(made.rootLink());
        Optional<Digest> before = parent.flatMap(each -> remembered.contexts(rows -> rows.hash(each.id())));
        return Digest.of(hash(directories.rule(), root, before, made));
    }

    /** The same, where the hash of its root directory and the one that its parent carries are known. */
    static byte[] hash(TezosHash rule, byte[] root, Optional<Digest> parent, Revision made) {
        return rule.commit(
                root,
                parent.map(hash -> List.of(hash.bytes())).orElse(List.of()),
                Math.floorDiv(made.timeMillis(), MILLIS_A_SECOND),
                made.author(),
                made.message());
    }
}
