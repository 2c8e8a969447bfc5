package org.dacite.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dacite.context.TezosHashes;
import org.dacite.context.TezosText;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;

/** What the commands of the context call revisions. */
final class ContextNames {
    private static final Pattern PART_OF_A_HASH = Pattern.compile("[0-9a-f]{1,63}");
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private ContextNames() {}

    /** The revision that a name means anywhere, or that carries it as its Tezos hash. */
    static Revision revision(Dacite dacite, String name) {
        boolean named = dacite.branches().containsKey(name) || dacite.tags().containsKey(name);
        Optional<Revision> carries =
                named || ID.matcher(name).matches() ? Optional.empty() : TezosHashes.find(dacite, name);
        if (carries.isEmpty() && !named && TezosText.looksLike(name)) {
            throw new UsageException("expected the hash of a commit of this store, got '" + name
                    + "', which none carries; 'dacite context log --json' shows hashes");
        }
        return carries.orElseGet(() -> dacite.revision(name));
    }

    /** The same, but a hash must be whole: what is gone on from should be what was meant. */
    static Revision whole(Dacite dacite, String name) {
        boolean named = dacite.branches().containsKey(name) || dacite.tags().containsKey(name);
        boolean part = PART_OF_A_HASH.matcher(name.toLowerCase(Locale.ROOT)).matches()
                && !ID.matcher(name).matches();
        if (part && !named) {
            throw new UsageException("expected a whole hash of 64 digits, a branch, a tag or a revision id, got '"
                    + name + "', which is none; 'dacite context log --json' shows hashes");
        }
        Revision revision = revision(dacite, name);
        if (!named && ID.matcher(name).matches() && revision.id() != Long.parseLong(name)) {
            throw new UsageException("expected a whole hash of 64 digits, a branch, a tag or a revision id, got '"
                    + name + "', which names no revision");
        }
        return revision;
    }
}
