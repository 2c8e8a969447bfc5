package org.dacite.store;

import static org.dacite.store.schema.Tables.CONTEXT;
import static org.dacite.store.schema.Tables.CONTEXT_CHANGE;
import static org.dacite.store.schema.Tables.CONTEXT_STAGE;

import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The staging areas of the context, and how its commits are hashed. Bound to one connection; what writes belongs into a
 * {@link WriteTransaction}.
 */
public final class StageRows {
    private final DSLContext sql;

    StageRows(Connection connection, Dialect dialect) {
        this.sql = DSL.using(connection, dialect.jooq(), RevisionRows.SETTINGS);
    }

    /**
     * A staging area.
     *
     * @param name what people call it
     * @param branch the branch that the next commit moves; none: it makes one
     * @param revision the id of the revision that its changes stand on, if that is settled
     * @param changes the number of the change that was staged last, 0 for none
     */
    public record Stage(String name, Optional<String> branch, OptionalLong revision, long changes) {}

    /** What a change does. */
    public enum Kind {
        SET("set"),
        DELETE("delete"),
        COPY("copy");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** As people read it. */
        public String label() {
            return label;
        }

        private static Kind labelled(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * A staged change.
     *
     * @param number its place
     * @param path where, the names joined by {@code /}
     * @param source the path that is copied, null where nothing is
     * @param value the value that is set, null where none is
     */
    public record Change(long number, Kind kind, String path, String source, byte[] value) {}

    /** The name of the scheme by which commits are hashed beside the store's own; none as long as nothing was chosen. */
    public Optional<String> hashScheme() {
        return sql.selectFrom(CONTEXT).fetchOptional(CONTEXT.HASH_SCHEME);
    }

    /** Chooses it, once. */
    public void setHashScheme(String scheme) {
        sql.insertInto(CONTEXT, CONTEXT.ONE, CONTEXT.HASH_SCHEME)
                .values(1L, scheme)
                .execute();
    }

    /** The staging area of that name. */
    public Optional<Stage> stage(String name) {
        return sql.selectFrom(CONTEXT_STAGE)
                .where(CONTEXT_STAGE.NAME.eq(name))
                .fetchOptional(row -> new Stage(
                        row.get(CONTEXT_STAGE.NAME),
                        Optional.ofNullable(row.get(CONTEXT_STAGE.BRANCH)),
                        row.get(CONTEXT_STAGE.REVISION_ID) == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(row.get(CONTEXT_STAGE.REVISION_ID)),
                        row.get(CONTEXT_STAGE.CHANGES)));
    }

    /** Its changes in the order in which they were staged. */
    public List<Change> changes(String name) {
        return sql.selectFrom(CONTEXT_CHANGE)
                .where(CONTEXT_CHANGE.STAGE.eq(name))
                .orderBy(CONTEXT_CHANGE.NUMBER)
                .fetch(row -> new Change(
                        row.get(CONTEXT_CHANGE.NUMBER),
                        Kind.labelled(row.get(CONTEXT_CHANGE.ACTION)),
                        row.get(CONTEXT_CHANGE.PATH),
                        row.get(CONTEXT_CHANGE.SOURCE),
                        row.get(CONTEXT_CHANGE.VALUE)));
    }

    /** Whether anything is staged in it. */
    public boolean holds(String name) {
        return sql.fetchExists(CONTEXT_CHANGE, CONTEXT_CHANGE.STAGE.eq(name));
    }

    /** Writes a staging area, or what it is from now on. */
    public void put(Stage stage) {
        Long revision = stage.revision().isPresent() ? stage.revision().getAsLong() : null;
        sql.insertInto(
                        CONTEXT_STAGE,
                        CONTEXT_STAGE.NAME,
                        CONTEXT_STAGE.BRANCH,
                        CONTEXT_STAGE.REVISION_ID,
                        CONTEXT_STAGE.CHANGES)
                .values(stage.name(), stage.branch().orElse(null), revision, stage.changes())
                .onConflict(CONTEXT_STAGE.NAME)
                .doUpdate()
                .set(CONTEXT_STAGE.BRANCH, stage.branch().orElse(null))
                .set(CONTEXT_STAGE.REVISION_ID, revision)
                .set(CONTEXT_STAGE.CHANGES, stage.changes())
                .execute();
    }

    /** Stages a change. */
    public void add(String stage, Change change) {
        sql.insertInto(CONTEXT_CHANGE)
                .set(CONTEXT_CHANGE.STAGE, stage)
                .set(CONTEXT_CHANGE.NUMBER, change.number())
                .set(CONTEXT_CHANGE.ACTION, change.kind().label())
                .set(CONTEXT_CHANGE.PATH, change.path())
                .set(CONTEXT_CHANGE.SOURCE, change.source())
                .set(CONTEXT_CHANGE.VALUE, change.value())
                .execute();
    }

    /** Takes away the changes with numbers in [from, to]. */
    public void drop(String stage, long from, long to) {
        sql.deleteFrom(CONTEXT_CHANGE)
                .where(CONTEXT_CHANGE.STAGE.eq(stage).and(CONTEXT_CHANGE.NUMBER.between(from, to)))
                .execute();
    }
}
