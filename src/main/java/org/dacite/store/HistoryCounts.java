package org.dacite.store;

import static org.dacite.store.schema.Tables.BRANCH;
import static org.dacite.store.schema.Tables.LOG;
import static org.dacite.store.schema.Tables.PRUNED;
import static org.dacite.store.schema.Tables.TAG;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * How much there is of what stands beside the rows of the trees.
 *
 * @param branches how many branches
 * @param tags how many tags
 * @param logs how many logs that people named
 * @param pruned revisions whose state was given up
 * @param unswept those of them whose rows have not all gone yet, since pruning did not come to its end
 */
public record HistoryCounts(long branches, long tags, long logs, long pruned, long unswept) {
    /** Those of a store as it is now. */
    public static HistoryCounts of(Store store) {
        return store.read((Connection connection, Dialect dialect) -> {
            DSLContext sql = DSL.using(connection, dialect.jooq(), RevisionRows.SETTINGS);
            return new HistoryCounts(
                    sql.fetchCount(BRANCH),
                    sql.fetchCount(TAG),
                    sql.fetchCount(LOG, LOG.NAME.isNotNull()),
                    sql.fetchCount(PRUNED),
                    sql.fetchCount(PRUNED, PRUNED.SWEPT.le(0L)));
        });
    }
}
