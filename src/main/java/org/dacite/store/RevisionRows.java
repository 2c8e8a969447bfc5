package org.dacite.store;

import static org.dacite.store.schema.Tables.BRANCH;
import static org.dacite.store.schema.Tables.LEAF;
import static org.dacite.store.schema.Tables.REVISION;
import static org.dacite.store.schema.Tables.STORE;
import static org.dacite.store.schema.Tables.TREE;
import static org.dacite.store.schema.Tables.VERTEX;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** The small tables: store, revision, branch and tree, by typed statements. Bound to one connection. */
final class RevisionRows {
    private static final Settings SETTINGS = new Settings()
            .withRenderSchema(false)
            .withRenderQuotedNames(RenderQuotedNames.NEVER)
            .withExecuteLogging(false);

    private final DSLContext sql;
    private final boolean kept;
    private ResultQuery<Record> newest;
    private ResultQuery<Record> head;
    private Query append;
    private Query move;

    RevisionRows(Connection connection, Dialect dialect) {
        this(connection, dialect, false);
    }

    private RevisionRows(Connection connection, Dialect dialect, boolean kept) {
        this.sql = DSL.using(connection, dialect.jooq(), SETTINGS);
        this.kept = kept;
    }

    /** The same, with the statements of a commit kept prepared as long as the connection is open. */
    static RevisionRows kept(Connection connection, Dialect dialect) {
        return new RevisionRows(connection, dialect, true);
    }

    StoreFormat format() {
        return sql.select(STORE.FORMAT_VERSION, STORE.HASH_ALGORITHM, STORE.KEY_CODEC)
                .from(STORE)
                .fetchOne(row ->
                        new StoreFormat(row.value1().intValue(), HashAlgorithm.labelled(row.value2()), row.value3()));
    }

    Optional<Revision> revision(long id) {
        return sql.selectFrom(REVISION).where(REVISION.ID.eq(id)).fetchOptional(RevisionRows::read);
    }

    Optional<Revision> newest() {
        if (newest == null) {
            newest = sql.select(REVISION.fields())
                    .from(REVISION)
                    .orderBy(REVISION.ID.desc())
                    .limit(1)
                    .keepStatement(kept);
        }
        return newest.fetchOptional(RevisionRows::read);
    }

    Optional<Revision> head(String branch) {
        if (head == null) {
            head = sql.select(REVISION.fields())
                    .from(REVISION.join(BRANCH).on(BRANCH.REVISION_ID.eq(REVISION.ID)))
                    .where(BRANCH.NAME.eq(param(BRANCH.NAME)))
                    .keepStatement(kept);
        }
        return head.bind(BRANCH.NAME.getName(), branch).fetchOptional(RevisionRows::read);
    }

    private static <T> Param<T> param(Field<T> field) {
        return DSL.param(field.getName(), field);
    }

    /** The revisions whose hash lies in [from, to], at most {@code limit}. */
    List<Revision> hashed(byte[] from, byte[] to, int limit) {
        return sql.selectFrom(REVISION)
                .where(REVISION.HASH.between(from, to))
                .orderBy(REVISION.ID)
                .limit(limit)
                .fetch(RevisionRows::read);
    }

    /** Branch names with the ids of their heads, by name. */
    Map<String, Long> branches() {
        Map<String, Long> heads = new TreeMap<>();
        sql.selectFrom(BRANCH).forEach(row -> heads.put(row.get(BRANCH.NAME), row.get(BRANCH.REVISION_ID)));
        return heads;
    }

    /** All revisions in order of id. */
    void forEach(Consumer<Revision> action) {
        try (var cursor =
                sql.selectFrom(REVISION).orderBy(REVISION.ID).fetchSize(1000).fetchLazy()) {
            cursor.forEach(row -> action.accept(read(row)));
        }
    }

    /** The line of a revision: itself and all before it, newest first, at most {@code limit}. */
    void line(long head, long limit, Consumer<Revision> action) {
        Field<Long> id = DSL.field(DSL.name("line", "id"), Long.class);
        var line = DSL.name("line")
                .fields("id", "parent_id", "step")
                .as(DSL.select(REVISION.ID, REVISION.PARENT_ID, DSL.inline(1))
                        .from(REVISION)
                        .where(REVISION.ID.eq(head))
                        .unionAll(DSL.select(
                                        REVISION.ID,
                                        REVISION.PARENT_ID,
                                        DSL.field(DSL.name("line", "step"), Integer.class)
                                                .plus(1))
                                .from(DSL.table(DSL.name("line")))
                                .join(REVISION)
                                .on(REVISION.ID.eq(DSL.field(DSL.name("line", "parent_id"), Long.class)))
                                .where(DSL.field(DSL.name("line", "step"), Integer.class)
                                        .lt((int) Math.min(limit, Integer.MAX_VALUE)))));
        try (var cursor = sql.withRecursive(line)
                .select(REVISION.fields())
                .from(line)
                .join(REVISION)
                .on(REVISION.ID.eq(id))
                .orderBy(REVISION.ID.desc())
                .fetchSize(1000)
                .fetchLazy()) {
            cursor.forEach(row -> action.accept(read(row)));
        }
    }

    /** The revisions up to {@code newest} that deleted a key of the top tree, newest first. */
    List<Long> deletions(byte[] key, long newest) {
        return sql.select(LEAF.REVISION_ID)
                .from(LEAF)
                .where(LEAF.KEY
                        .eq(key)
                        .and(LEAF.TREE_ID.eq(0L))
                        .and(LEAF.KIND.eq((long) RowAppender.LeafRow.DELETED))
                        .and(LEAF.REVISION_ID.le(newest)))
                .orderBy(LEAF.OID.desc())
                .fetch(LEAF.REVISION_ID);
    }

    RowCounts counts() {
        long deletions = sql.fetchCount(LEAF, LEAF.KIND.eq((long) RowAppender.LeafRow.DELETED));
        return new RowCounts(
                sql.fetchCount(REVISION),
                sql.fetchCount(VERTEX),
                sql.fetchCount(LEAF) - deletions,
                deletions,
                sql.fetchCount(TREE));
    }

    void append(Revision revision) {
        if (append == null) {
            Map<Field<?>, Param<?>> values = new LinkedHashMap<>();
            for (Field<?> field : REVISION.fields()) {
                values.put(field, param(field));
            }
            append = sql.insertInto(REVISION).set(values).keepStatement(kept);
        }
        append.bind(REVISION.ID.getName(), revision.id())
                .bind(
                        REVISION.PARENT_ID.getName(),
                        revision.parent().isPresent() ? revision.parent().getAsLong() : null)
                .bind(REVISION.HEIGHT.getName(), revision.height())
                .bind(REVISION.ROOT_OID.getName(), revision.rootLink())
                .bind(REVISION.ROOT.getName(), revision.root().bytes())
                .bind(REVISION.HISTORY.getName(), revision.history().bytes())
                .bind(REVISION.HASH.getName(), revision.hash().bytes())
                .bind(REVISION.LEAF_COUNT.getName(), revision.leafCount())
                .bind(REVISION.COMMITTED_AT.getName(), revision.timeMillis())
                .bind(REVISION.AUTHOR.getName(), revision.author())
                .bind(REVISION.MESSAGE.getName(), revision.message())
                .bind(REVISION.FIRST_OID.getName(), revision.firstOid())
                .bind(REVISION.LAST_OID.getName(), revision.lastOid())
                .execute();
    }

    void move(String branch, long revision) {
        if (move == null) {
            move = sql.insertInto(BRANCH, BRANCH.NAME, BRANCH.REVISION_ID)
                    .values(param(BRANCH.NAME), param(BRANCH.REVISION_ID))
                    .onConflict(BRANCH.NAME)
                    .doUpdate()
                    .set(BRANCH.REVISION_ID, DSL.excluded(BRANCH.REVISION_ID))
                    .keepStatement(kept);
        }
        move.bind(BRANCH.NAME.getName(), branch)
                .bind(BRANCH.REVISION_ID.getName(), revision)
                .execute();
    }

    /** The id of the tree that a key names in another, made when there is none. */
    long treeId(long parent, byte[] key, byte[] userKey) {
        return sql.select(TREE.ID)
                .from(TREE)
                .where(TREE.PARENT_ID.eq(parent).and(TREE.KEY.eq(key)))
                .fetchOptional(TREE.ID)
                .orElseGet(() -> {
                    long id = 1
                            + sql.select(DSL.coalesce(DSL.max(TREE.ID), 0L))
                                    .from(TREE)
                                    .fetchSingle()
                                    .value1();
                    sql.insertInto(TREE, TREE.ID, TREE.PARENT_ID, TREE.KEY, TREE.USER_KEY)
                            .values(id, parent, key, userKey)
                            .execute();
                    return id;
                });
    }

    /** The hashes of a line, oldest first. */
    List<byte[]> lineHashes(long head) {
        List<byte[]> hashes = new ArrayList<>();
        line(head, Long.MAX_VALUE, revision -> hashes.add(revision.hash().bytes()));
        Collections.reverse(hashes);
        return hashes;
    }

    private static Revision read(Record row) {
        Long parent = row.get(REVISION.PARENT_ID);
        return new Revision(
                row.get(REVISION.ID),
                parent == null ? OptionalLong.empty() : OptionalLong.of(parent),
                row.get(REVISION.HEIGHT),
                row.get(REVISION.ROOT_OID),
                Digest.of(row.get(REVISION.ROOT)),
                Digest.of(row.get(REVISION.HISTORY)),
                Digest.of(row.get(REVISION.HASH)),
                row.get(REVISION.LEAF_COUNT),
                row.get(REVISION.COMMITTED_AT),
                row.get(REVISION.AUTHOR),
                row.get(REVISION.MESSAGE),
                row.get(REVISION.FIRST_OID),
                row.get(REVISION.LAST_OID));
    }
}
