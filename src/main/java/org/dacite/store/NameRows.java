package org.dacite.store;

import static org.dacite.store.schema.Tables.BRANCH;
import static org.dacite.store.schema.Tables.REVISION;
import static org.dacite.store.schema.Tables.TAG;

import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The names that people give to revisions: branches, which move, and tags. Bound to one connection; what writes belongs
 * into a {@link WriteTransaction}.
 */
public final class NameRows {
    private static final String HEAD = "select " + RevisionRows.READ_COLUMNS
            + " from branch join revision on revision.id = branch.revision_id where branch.name = ?";
    private static final String HEAD_AND_END = "select " + RevisionRows.READ_COLUMNS + ", newest_id, newest_oid"
            + " from branch join revision on revision.id = branch.revision_id"
            + " cross join (select id as newest_id, last_oid as newest_oid from revision order by id desc limit 1) newest"
            + " where branch.name = ?";
    private static final String MOVE = "insert into branch (name, revision_id) values (?, ?)"
            + " on conflict (name) do update set revision_id = excluded.revision_id";

    private final DSLContext sql;
    private final KeptStatement head;
    private final KeptStatement headAndEnd;
    private final KeptStatement move;

    NameRows(Connection connection, Dialect dialect) {
        this.sql = DSL.using(connection, dialect.jooq(), RevisionRows.SETTINGS);
        this.head = new KeptStatement(connection, HEAD);
        this.headAndEnd = new KeptStatement(connection, HEAD_AND_END);
        this.move = new KeptStatement(connection, MOVE);
    }

    /** The newest revision of a branch. */
    public Optional<Revision> head(String branch) {
        return head.find(asked -> asked.setString(1, branch), RevisionRows::read);
    }

    /** The same, and how far the store has come, in one statement. */
    Optional<HeadAndEnd> headAndEnd(String branch) {
        return headAndEnd.find(
                asked -> asked.setString(1, branch),
                row -> new HeadAndEnd(RevisionRows.read(row), new RevisionRows.End(row.getLong(16), row.getLong(17))));
    }

    /** The newest revision of a branch, and how far the store has come. */
    record HeadAndEnd(Revision head, RevisionRows.End end) {}

    /** The revision of a tag. */
    public Optional<Revision> tagged(String tag) {
        return sql.select(RevisionRows.FIELDS)
                .from(REVISION.join(TAG).on(TAG.REVISION_ID.eq(REVISION.ID)))
                .where(TAG.NAME.eq(tag))
                .fetchOptional(RevisionRows::read);
    }

    /** Branch names with the ids of their heads, by name. */
    public Map<String, Long> branches() {
        Map<String, Long> heads = new TreeMap<>();
        sql.selectFrom(BRANCH).forEach(row -> heads.put(row.get(BRANCH.NAME), row.get(BRANCH.REVISION_ID)));
        return heads;
    }

    /** Tag names with the ids of their revisions, by name. */
    public Map<String, Long> tags() {
        Map<String, Long> tags = new TreeMap<>();
        sql.selectFrom(TAG).forEach(row -> tags.put(row.get(TAG.NAME), row.get(TAG.REVISION_ID)));
        return tags;
    }

    /** Moves a branch to a revision; makes it when there is none of that name. */
    public void moveBranch(String branch, long revision) {
        move.execute(row -> {
            row.setString(1, branch);
            row.setLong(2, revision);
        });
    }

    public void deleteBranch(String branch) {
        sql.deleteFrom(BRANCH).where(BRANCH.NAME.eq(branch)).execute();
    }

    public void addTag(String tag, long revision) {
        sql.insertInto(TAG, TAG.NAME, TAG.REVISION_ID).values(tag, revision).execute();
    }

    public void deleteTag(String tag) {
        sql.deleteFrom(TAG).where(TAG.NAME.eq(tag)).execute();
    }
}
