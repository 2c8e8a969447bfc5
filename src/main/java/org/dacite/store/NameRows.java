package org.dacite.store;

import static org.dacite.store.schema.Tables.BRANCH_HEAD;
import static org.dacite.store.schema.Tables.REVISION;
import static org.dacite.store.schema.Tables.TAG;

import java.sql.Connection;
import java.sql.Types;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The names that people give to revisions: branches, which move, and tags. Bound to one connection; what writes belongs
 * into a {@link WriteTransaction}.
 *
 * <p>A branch that follows has the newest revision of the store for its head, without a row that says which that is; there is one at
 * most. So whoever appends a revision that is not the next one on that branch pins it first: writes down where it stands.
 */
public final class NameRows {
    private static final String HEAD = "select " + RevisionRows.READ_COLUMNS
            + " from branch join revision on revision.id = branch.revision_id where branch.name = ?";
    private static final String STANDING = "select " + RevisionRows.READ_COLUMNS + ", newest_id, newest_oid"
            + ", branch_head.revision_id is null, (" + ContextRows.SCHEME + ") from branch_head"
            + " cross join (select id as newest_id, last_oid as newest_oid from revision order by id desc limit 1) newest"
            + " join revision on revision.id = coalesce(branch_head.revision_id, newest_id) where branch_head.name = ?";
    private static final String MOVE = "insert into branch_head (name, revision_id) values (?, ?)"
            + " on conflict (name) do update set revision_id = excluded.revision_id";
    private static final String PIN = "update branch_head"
            + " set revision_id = (select max(id) from revision where id < ?) where revision_id is null";

    private final DSLContext sql;
    private final KeptStatement head;
    private final KeptStatement standing;
    private final KeptStatement move;
    private final KeptStatement pin;

    NameRows(Connection connection, Dialect dialect) {
        this.sql = DSL.using(connection, dialect.jooq(), RevisionRows.SETTINGS);
        this.head = new KeptStatement(connection, HEAD);
        this.standing = new KeptStatement(connection, STANDING);
        this.move = new KeptStatement(connection, MOVE);
        this.pin = new KeptStatement(connection, PIN);
    }

    /** The newest revision of a branch. */
    public Optional<Revision> head(String branch) {
        return head.find(asked -> asked.setString(1, branch), RevisionRows::read);
    }

    /** Where a branch and the store stand, in one statement. */
    Optional<Standing> standing(String branch) {
        return standing.find(
                asked -> asked.setString(1, branch),
                row -> new Standing(
                        branch,
                        RevisionRows.read(row),
                        new RevisionRows.End(row.getLong(16), row.getLong(17)),
                        row.getBoolean(18),
                        Optional.ofNullable(row.getString(19))));
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
        sql.select(
                        DSL.field("name", String.class),
                        DSL.field("coalesce(revision_id, 0)", Long.class)) // 0: in a store without its revisions
                .from("branch")
                .forEach(row -> heads.put(row.value1(), row.value2()));
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

    /** Lets a branch follow the newest revision from now on, where no other does; makes it when there is none of that name. */
    void follow(String branch) {
        move.execute(row -> {
            row.setString(1, branch);
            row.setNull(2, Types.BIGINT);
        });
    }

    /** Writes down where the branch that follows stands, if there is one: at the newest revision before that one. */
    void pin(long next) {
        pin.execute(row -> row.setLong(1, next));
    }

    public void deleteBranch(String branch) {
        sql.deleteFrom(BRANCH_HEAD).where(BRANCH_HEAD.NAME.eq(branch)).execute();
    }

    public void addTag(String tag, long revision) {
        sql.insertInto(TAG, TAG.NAME, TAG.REVISION_ID).values(tag, revision).execute();
    }

    public void deleteTag(String tag) {
        sql.deleteFrom(TAG).where(TAG.NAME.eq(tag)).execute();
    }
}
