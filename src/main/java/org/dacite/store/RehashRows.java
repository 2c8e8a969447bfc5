package org.dacite.store;

import static org.dacite.store.schema.Tables.REHASHED;

import java.sql.Connection;
import java.util.Optional;
import org.dacite.hashing.Digest;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Which revisions were made of which ones of another store. Bound to one connection; what writes belongs into a
 * {@link WriteTransaction}.
 */
public final class RehashRows {
    private final DSLContext sql;

    RehashRows(Connection connection, Dialect dialect) {
        this.sql = DSL.using(connection, dialect.jooq(), RevisionRows.SETTINGS);
    }

    /**
     * A revision and what it was made of.
     *
     * @param revision its id
     * @param oldId the id of the old one in its own store
     * @param oldHash the hash of the old one
     */
    public record Step(long revision, long oldId, Digest oldHash) {}

    /** The step of the largest old id; none where nothing was rehashed. */
    public Optional<Step> last() {
        return sql.selectFrom(REHASHED)
                .orderBy(REHASHED.OLD_ID.desc())
                .limit(1)
                .fetchOptional(row -> new Step(
                        row.get(REHASHED.REVISION_ID),
                        row.get(REHASHED.OLD_ID),
                        Digest.of(row.get(REHASHED.OLD_HASH))));
    }

    /** The id of the revision that was made of one with this old id. */
    public Optional<Long> made(long oldId) {
        return sql.select(REHASHED.REVISION_ID)
                .from(REHASHED)
                .where(REHASHED.OLD_ID.eq(oldId))
                .fetchOptional(REHASHED.REVISION_ID);
    }

    /** Whether a revision was made of one of another store. */
    public boolean isMade(long revision) {
        return sql.fetchExists(REHASHED, REHASHED.REVISION_ID.eq(revision));
    }

    /** Writes down what a revision, which this transaction appended, was made of. */
    public void add(long revision, Revision old) {
        sql.insertInto(REHASHED, REHASHED.REVISION_ID, REHASHED.OLD_ID, REHASHED.OLD_HASH, REHASHED.OLD_ROOT)
                .values(revision, old.id(), old.hash().bytes(), old.root().bytes())
                .execute();
    }
}
