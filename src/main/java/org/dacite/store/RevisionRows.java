package org.dacite.store;

import static org.dacite.store.schema.Tables.LEAF;
import static org.dacite.store.schema.Tables.PRUNED;
import static org.dacite.store.schema.Tables.REVISION;
import static org.dacite.store.schema.Tables.STORE;
import static org.dacite.store.schema.Tables.TREE;
import static org.dacite.store.schema.Tables.VERTEX;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** The tables store, revision and tree: by typed statements what is rare, by kept ones what every commit asks. Bound to one connection. */
final class RevisionRows {
    static final Settings SETTINGS = new Settings()
            .withRenderSchema(false)
            .withRenderQuotedNames(RenderQuotedNames.NEVER)
            .withExecuteLogging(false);

    private static final Field<Boolean> PRUNED_FIELD = DSL.field(
                    DSL.exists(DSL.selectOne().from(PRUNED).where(PRUNED.REVISION_ID.eq(REVISION.ID))))
            .as("is_pruned");

    /** Those that the index of lines and heights has; any other is found by its id, which is its height + 1. */
    static final Condition INDEXED = REVISION.ID.ne(REVISION.HEIGHT.plus(DSL.inline(1L)));

    /** What is read of a revision. */
    static final List<SelectFieldOrAsterisk> FIELDS = Stream.<SelectFieldOrAsterisk>concat(
                    Stream.of(REVISION.fields()).filter(field -> !field.equals(REVISION.NODES)),
                    Stream.of(PRUNED_FIELD))
            .toList();

    private static final String COLUMNS = "id, line_id, parent_id, height, root_oid, root, history, hash, leaf_count,"
            + " committed_at, author, message, first_oid, last_oid";

    /** What {@link #read(ResultSet)} reads, of the table {@code revision}. */
    static final String READ_COLUMNS =
            COLUMNS + ", exists (select 1 from pruned where pruned.revision_id = revision.id)";

    private final DSLContext sql;
    private final KeptStatement newest;
    private final KeptStatement append;

    RevisionRows(Connection connection, Dialect dialect) {
        this.sql = DSL.using(connection, dialect.jooq(), SETTINGS);
        this.newest = new KeptStatement(connection, "select id, last_oid from revision order by id desc limit 1");
        this.append = new KeptStatement(
                connection,
                "insert into revision (" + COLUMNS + ", nodes) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    StoreFormat format() {
        return sql.select(STORE.FORMAT_VERSION, STORE.HASH_ALGORITHM, STORE.KEY_CODEC)
                .from(STORE)
                .fetchOne(row ->
                        new StoreFormat(row.value1().intValue(), HashAlgorithm.labelled(row.value2()), row.value3()));
    }

    Optional<Revision> revision(long id) {
        return sql.select(FIELDS).from(REVISION).where(REVISION.ID.eq(id)).fetchOptional(RevisionRows::read);
    }

    /** How far the store has come; nothing as long as nothing was committed. */
    Optional<End> end() {
        return newest.find(none -> {}, row -> new End(row.getLong(1), row.getLong(2)));
    }

    /** The ids of the newest revision and of the newest vertex or leaf. */
    record End(long revision, long oid) {
        /** Of a store to which nothing was committed. */
        static final End NOTHING = new End(0, 0);
    }

    /** The revision of a line at a height. */
    Optional<Revision> at(long line, long height) {
        Condition there = REVISION.LINE_ID.eq(line).and(REVISION.HEIGHT.eq(height));
        return sql.select(FIELDS)
                .from(REVISION)
                .where(there.and(REVISION.ID.eq(height + 1)))
                .unionAll(sql.select(FIELDS).from(REVISION).where(there.and(INDEXED)))
                .limit(1)
                .fetchOptional(RevisionRows::read);
    }

    /** The revisions whose hash lies in [from, to], at most {@code limit}. */
    List<Revision> hashed(byte[] from, byte[] to, int limit) {
        return sql.select(FIELDS)
                .from(REVISION)
                .where(REVISION.HASH.between(from, to))
                .orderBy(REVISION.ID)
                .limit(limit)
                .fetch(RevisionRows::read);
    }

    /** All revisions in order of id. */
    void forEach(Consumer<Revision> action) {
        try (var cursor = sql.select(FIELDS)
                .from(REVISION)
                .orderBy(REVISION.ID)
                .fetchSize(1000)
                .fetchLazy()) {
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
                .select(FIELDS)
                .from(line)
                .join(REVISION)
                .on(REVISION.ID.eq(id))
                .orderBy(REVISION.ID.desc())
                .fetchSize(1000)
                .fetchLazy()) {
            cursor.forEach(row -> action.accept(read(row)));
        }
    }

    /** The last revision before one on its line that was not pruned. */
    Optional<Revision> keptBefore(Revision revision) {
        if (revision.parent().isEmpty()) {
            return Optional.empty();
        }
        Field<Long> id = DSL.field(DSL.name("back", "id"), Long.class);
        Field<Long> parent = DSL.field(DSL.name("back", "parent_id"), Long.class);
        var back = DSL.name("back")
                .fields("id", "parent_id")
                .as(DSL.select(REVISION.ID, REVISION.PARENT_ID)
                        .from(REVISION)
                        .where(REVISION.ID.eq(revision.parent().getAsLong()))
                        .unionAll(DSL.select(REVISION.ID, REVISION.PARENT_ID)
                                .from(DSL.table(DSL.name("back")))
                                .join(PRUNED)
                                .on(PRUNED.REVISION_ID.eq(id))
                                .join(REVISION)
                                .on(REVISION.ID.eq(parent))));
        return sql.withRecursive(back)
                .select(FIELDS)
                .from(back)
                .join(REVISION)
                .on(REVISION.ID.eq(id))
                .andNotExists(DSL.selectOne().from(PRUNED).where(PRUNED.REVISION_ID.eq(id)))
                .fetchOptional(RevisionRows::read);
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
                vertices(),
                sql.fetchCount(LEAF) - deletions,
                deletions,
                sql.fetchCount(TREE));
    }

    /** Without those that no revision wrote yet. */
    private long vertices() {
        Field<Long> newest = DSL.field(
                DSL.select(DSL.coalesce(DSL.max(REVISION.LAST_OID), 0L)).from(REVISION));
        Field<Integer> above = DSL.field(DSL.selectCount().from(VERTEX).where(VERTEX.OID.gt(newest)));
        return sql.select(DSL.field(DSL.selectCount().from(VERTEX)).minus(above))
                .fetchSingle()
                .value1();
    }

    void append(Revision revision, byte[] nodes) {
        append.execute(row -> {
            row.setLong(1, revision.id());
            row.setLong(2, revision.line());
            if (revision.parent().isPresent()) {
                row.setLong(3, revision.parent().getAsLong());
            } else {
                row.setNull(3, Types.BIGINT);
            }
            row.setLong(4, revision.height());
            row.setLong(5, revision.rootLink());
            row.setBytes(6, revision.root().bytes());
            row.setBytes(7, revision.history().bytes());
            row.setBytes(8, revision.hash().bytes());
            row.setLong(9, revision.leafCount());
            row.setLong(10, revision.timeMillis());
            row.setString(11, revision.author());
            row.setString(12, revision.message());
            row.setLong(13, revision.firstOid());
            row.setLong(14, revision.lastOid());
            row.setBytes(15, nodes);
        });
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

    static Revision read(Record row) {
        Long parent = row.get(REVISION.PARENT_ID);
        return new Revision(
                row.get(REVISION.ID),
                row.get(REVISION.LINE_ID),
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
                row.get(REVISION.LAST_OID),
                row.get(PRUNED_FIELD));
    }

    /** The revision in a row of {@link #READ_COLUMNS}. */
    static Revision read(ResultSet row) throws SQLException {
        long parent = row.getLong(3); // 0, which is no id, where it is null
        return new Revision(
                row.getLong(1),
                row.getLong(2),
                parent == 0 ? OptionalLong.empty() : OptionalLong.of(parent),
                row.getLong(4),
                row.getLong(5),
                Digest.of(row.getBytes(6)),
                Digest.of(row.getBytes(7)),
                Digest.of(row.getBytes(8)),
                row.getLong(9),
                row.getLong(10),
                row.getString(11),
                row.getString(12),
                row.getLong(13),
                row.getLong(14),
                row.getBoolean(15));
    }
}
