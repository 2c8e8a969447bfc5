package org.dacite.store;

import static org.dacite.store.schema.Tables.PRUNED;
import static org.dacite.store.schema.Tables.RETENTION;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The rules of retention, and which revisions were given up. Bound to one connection; what writes belongs into a
 * {@link WriteTransaction}.
 */
public final class PruneRows {
    /** A branch or tag leads to the revisions of its log below its size, and of those that the log forked from. */
    private static final String CHAIN = """
            with recursive chain (log_id, size, top, branch) as (
                select r.line_id, r.height + 1, r.height + 1, name.branch
                from (select revision_id, 1 as branch from branch union select revision_id, 0 from tag) name
                join revision r on r.id = name.revision_id
                union
                select log.parent_id, log.fork_size, chain.top, chain.branch
                from chain join log on log.id = chain.log_id where log.parent_id is not null
            )
            """;

    /** The line of the revisions whose id is their height + 1; the index of lines and heights has those of all others. */
    private static final String FIRST_LINE = "select f.line_id from revision f where f.id = 1";

    /** Written down as given up, but not looked at a second time. */
    private static final long UNSURE = -1;

    private static final String GIVEN_UP = "select 1 from pruned where revision_id = ?";

    private final DSLContext sql;
    private final KeptStatement givenUp;

    PruneRows(Connection connection, Dialect dialect) {
        this.sql = DSL.using(connection, dialect.jooq(), RevisionRows.SETTINGS);
        this.givenUp = new KeptStatement(connection, GIVEN_UP);
    }

    /** The rules that are set, with their amounts. */
    public Map<String, Long> rules() {
        Map<String, Long> rules = new TreeMap<>();
        sql.selectFrom(RETENTION).forEach(row -> rules.put(row.get(RETENTION.RULE), row.get(RETENTION.AMOUNT)));
        return rules;
    }

    /** Puts these rules in the place of those that are set. */
    public void setRules(Map<String, Long> rules) {
        sql.deleteFrom(RETENTION).execute();
        rules.forEach((rule, amount) -> sql.insertInto(RETENTION, RETENTION.RULE, RETENTION.AMOUNT)
                .values(rule, amount)
                .execute());
    }

    /** Whether any revision was ever given up. */
    public boolean any() {
        return sql.fetchExists(PRUNED);
    }

    /** Whether a revision was given up. */
    boolean givenUp(long revision) {
        return givenUp.find(asked -> asked.setLong(1, revision), row -> true).isPresent();
    }

    /** The same, as a transaction on that connection sees it. */
    static boolean givenUp(Connection connection, long revision) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement(GIVEN_UP)) {
            question.setLong(1, revision);
            try (ResultSet row = question.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Writes down what the rules do not keep as given up, unless it is taken back; answers which revisions that are, with those
     * that a prune which was killed left so.
     */
    Set<Long> giveUp(Keep keep) {
        sql.execute("insert into pruned (revision_id, swept) select id, " + UNSURE + " from (" + chosen(keep) + ") c");
        return ids(UNSURE);
    }

    /** Gives up for good what was not taken back. */
    void confirm() {
        sql.update(PRUNED).set(PRUNED.SWEPT, 0L).where(PRUNED.SWEPT.eq(UNSURE)).execute();
    }

    /** Gives up some revisions no more, whose rows are all there. */
    void takeBack(Collection<Long> revisions) {
        revisions.forEach(
                id -> sql.deleteFrom(PRUNED).where(PRUNED.REVISION_ID.eq(id)).execute());
    }

    /** The revisions that were given up for good and whose rows have not all gone yet. */
    Set<Long> unswept() {
        return ids(0L);
    }

    private Set<Long> ids(long swept) {
        return new HashSet<>(sql.select(PRUNED.REVISION_ID)
                .from(PRUNED)
                .where(PRUNED.SWEPT.eq(swept))
                .fetch(PRUNED.REVISION_ID));
    }

    /** Marks so many of them as swept at most; answers how many there were. */
    int swept(int limit) {
        return sql.update(PRUNED)
                .set(PRUNED.SWEPT, 1L)
                .where(PRUNED.REVISION_ID.in(DSL.select(PRUNED.REVISION_ID)
                        .from(PRUNED)
                        .where(PRUNED.SWEPT.eq(0L))
                        .limit(limit)))
                .execute();
    }

    /** The statement for the ids of revisions that the rules do not keep and that were not given up. */
    static String chosen(Keep keep) {
        if (keep.everything()) {
            return "select id from revision where 1 = 0";
        }
        StringBuilder kept = new StringBuilder("chain.branch = 1 and r.height = chain.top - 1");
        keep.last()
                .ifPresent(last -> kept.append(" or chain.branch = 1 and r.height >= chain.top - ")
                        .append(last));
        keep.sinceMillis()
                .ifPresent(since -> kept.append(" or r.committed_at >= ").append(since));
        keep.every()
                .ifPresent(every -> kept.append(" or r.height % ").append(every).append(" = 0"));
        return CHAIN + "select id from revision except select revision_id from pruned"
                + " except select revision_id from context_stage"
                + " except select r.id from chain join revision r on r.line_id = chain.log_id and r.id = r.height + 1"
                + " and r.id <= chain.size where chain.log_id = (" + FIRST_LINE + ") and (" + kept + ")"
                + " except select r.id from chain join revision r on r.line_id = chain.log_id and r.id <> r.height + 1"
                + " and r.height < chain.size where (" + kept + ")"
                + (keep.tags() ? " except select revision_id from tag" : "");
    }
}
