package org.dacite.store;

import static org.dacite.store.schema.Tables.BRANCH;
import static org.dacite.store.schema.Tables.REVISION;
import static org.dacite.store.schema.Tables.TAG;

import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/**
 * The names that people give to revisions: branches, which move, and tags. Bound to one connection; what writes belongs
 * into a {@link WriteTransaction}.
 */
public final class NameRows {
    private final DSLContext sql;
    private final boolean kept;
    private ResultQuery<Record> head;
    private Query move;

    NameRows(Connection connection, Dialect dialect) {
        this(connection, dialect, false);
    }

    private NameRows(Connection connection, Dialect dialect, boolean kept) {
        this.sql = DSL.using(connection, dialect.jooq(), RevisionRows.SETTINGS);
        this.kept = kept;
    }

    /** The same, with the statements of a commit kept prepared as long as the connection is open. */
    static NameRows kept(Connection connection, Dialect dialect) {
        return new NameRows(connection, dialect, true);
    }

    /** The newest revision of a branch. */
    public Optional<Revision> head(String branch) {
        if (head == null) {
            head = sql.select(RevisionRows.FIELDS)
                    .from(REVISION.join(BRANCH).on(BRANCH.REVISION_ID.eq(REVISION.ID)))
                    .where(BRANCH.NAME.eq(DSL.param(BRANCH.NAME.getName(), BRANCH.NAME)))
                    .keepStatement(kept);
        }
        return head.bind(BRANCH.NAME.getName(), branch).fetchOptional(RevisionRows::read);
    }

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
        if (move == null) {
            Param<String> name = DSL.param(BRANCH.NAME.getName(), BRANCH.NAME);
            Param<Long> to = DSL.param(BRANCH.REVISION_ID.getName(), BRANCH.REVISION_ID);
            move = sql.insertInto(BRANCH, BRANCH.NAME, BRANCH.REVISION_ID)
                    .values(name, to)
                    .onConflict(BRANCH.NAME)
                    .doUpdate()
                    .set(BRANCH.REVISION_ID, DSL.excluded(BRANCH.REVISION_ID))
                    .keepStatement(kept);
        }
        move.bind(BRANCH.NAME.getName(), branch)
                .bind(BRANCH.REVISION_ID.getName(), revision)
                .execute();
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
