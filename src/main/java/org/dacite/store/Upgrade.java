package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jooq.exception.DataAccessException;

/**
 * Brings the tables of an older store to the format of this Dacite, in one transaction that ends only when the roots of its
 * revisions, derived from the leaves alone, are what they were before. Whatever ends it sooner leaves the store as it was,
 * for the Dacite that made it.
 *
 * <p>Readers go on meanwhile, on PostgreSQL until the migrations begin, from where they wait; a writer waits; a store that was open for writing refuses to write afterwards. For one call.
 */
public final class Upgrade {
    /**
     * A migration.
     *
     * @param format the format that it leads to
     * @param description what it does
     * @param applied when it was done to this store; empty: it is pending
     */
    public record Step(int format, String description, Optional<Instant> applied) {}

    /**
     * How a store stands to this Dacite.
     *
     * @param place where it is
     * @param format its format
     * @param newest the format of this Dacite
     * @param steps all migrations, in order
     */
    public record Status(String place, int format, int newest, List<Step> steps) {
        /** The steps that are still to be done. */
        public List<Step> pending() {
            return steps.stream().filter(step -> step.format > format).toList();
        }
    }

    /**
     * What was done.
     *
     * @param from the format before
     * @param to the format after
     * @param steps the migrations that were run
     * @param heads heads of branches whose roots were derived before and after
     * @param past other revisions whose roots were
     * @param keptPast how many such revisions have their state
     */
    public record Report(int from, int to, List<Step> steps, int heads, int past, long keptPast) {}

    private final Dialect dialect;
    private final Settings settings;
    private final Migrations migrations;
    private final boolean all;
    private final boolean dryRun;
    private final Consumer<Sweep.Progress> progress;
    private StoreFormat before;
    private Status status;
    private RootSample sample;
    private Map<Long, String> roots;
    private Map<String, Long> branches;

    private Upgrade(
            Dialect dialect,
            Settings settings,
            UnaryOperator<Migrations> more,
            boolean all,
            boolean dryRun,
            Consumer<Sweep.Progress> progress) {
        this.dialect = dialect;
        this.settings = settings;
        this.migrations = more.apply(migrations(dialect, settings));
        this.all = all;
        this.dryRun = dryRun;
        this.progress = progress;
    }

    /** Looks at the store at a path or URL; changes nothing. */
    public static Status status(String where, Settings settings) {
        return new Upgrade(Engines.existing(where), settings, own -> own, false, true, so -> {}).look();
    }

    /**
     * Upgrades the store at a path or URL; does nothing where it has the newest format.
     *
     * @param all whether to derive the roots of all revisions that have their state, not of heads and ten others alone
     * @param dryRun whether to undo it all in the end
     * @param progress told how far it is
     */
    public static Report run(
            String where, Settings settings, boolean all, boolean dryRun, Consumer<Sweep.Progress> progress) {
        return run(where, settings, own -> own, all, dryRun, progress);
    }

    /** The same with more migrations than Dacite's own. */
    static Report run(
            String where,
            Settings settings,
            UnaryOperator<Migrations> more,
            boolean all,
            boolean dryRun,
            Consumer<Sweep.Progress> progress) {
        return new Upgrade(Engines.existing(where), settings, more, all, dryRun, progress).inTurn();
    }

    private static Migrations migrations(Dialect dialect, Settings settings) {
        return Migrations.of(dialect.engine(), flyway -> dialect.configure(flyway, settings));
    }

    private Status look() {
        try {
            before = Engines.readFormat(dialect, settings);
            List<Step> steps = migrations.all().stream()
                    .sorted(Comparator.comparing(Migrations::version))
                    .map(this::step)
                    .toList();
            int newest = steps.stream().mapToInt(Step::format).max().orElseThrow();
            Engines.requireNoNewer(dialect, before, newest);
            return new Status(dialect.place(), before.version(), newest, steps);
        } catch (SQLException e) {
            throw dialect.explain(e);
        } catch (FlywayException e) {
            throw failed(e);
        }
    }

    private Step step(MigrationInfo migration) {
        int format = Migrations.version(migration);
        Date applied = migration.getInstalledOn();
        boolean done = applied != null && format <= before.version();
        return new Step(format, migration.getDescription(), done ? Optional.of(applied.toInstant()) : Optional.empty());
    }

    private Report inTurn() {
        try (Connection connection = dialect.writer(settings).getConnection()) {
            Turn turn = dialect.upkeep(connection, "upgrades");
            try {
                return upgrade(connection);
            } finally {
                turn.end();
            }
        } catch (SQLException e) {
            throw dialect.explain(e);
        } catch (FlywayException e) {
            throw failed(e);
        } catch (DataAccessException e) {
            throw dialect.explain(e);
        }
    }

    private Report upgrade(Connection connection) throws SQLException {
        status = look();
        List<Step> pending = status.pending();
        if (pending.isEmpty()) {
            return new Report(status.format(), status.format(), pending, 0, 0, 0);
        }
        settleBooks(connection);
        Within within = new Within(pending.get(0).format(), status.newest());
        try {
            migrations.apply(within);
        } catch (FlywayException e) {
            if (within.failure != null) {
                throw within.failure;
            }
            if (!within.undone) {
                throw e;
            }
        }
        if (dryRun) {
            settleBooks(connection);
        }
        return new Report(status.format(), status.newest(), pending, sample.heads(), sample.past(), sample.keptPast());
    }

    /**
     * The format in the row of the store changes with the tables; Flyway's own books may be written in another transaction,
     * and so differ when an upgrade was undone or killed.
     */
    private void settleBooks(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from flyway_schema_history where cast(version as integer) > ?")) {
            statement.setInt(1, before.version());
            statement.executeUpdate();
        }
        migrations.book(before.version());
    }

    private StoreException failed(FlywayException error) {
        return new StoreException(
                "expected to upgrade the tables at " + dialect.place() + ", but that failed: "
                        + Migrations.reason(error) + "; the store is as it was",
                error);
    }

    private void before(Connection connection) throws SQLException {
        dialect.lock(connection, settings);
        sample = RootSample.of(connection, dialect, before, all);
        branches = sample.branches();
        roots = sample.roots("before the upgrade", progress);
        dialect.beforeMigrations(connection, before.version(), settings);
    }

    private void after(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update store set format_version = ?")) {
            statement.setInt(1, status.newest());
            statement.executeUpdate();
        }
        Schema.index(connection, dialect, Schema.level(connection, dialect));
        dialect.afterMigrations(connection);
        if (!roots.equals(sample.roots("after the upgrade", progress)) || !branches.equals(sample.branches())) {
            throw new StoreException("expected the roots and branches of before the upgrade at " + dialect.place()
                    + ", got others; the store is as it was");
        }
    }

    /** What is done in the transaction of the migrations: before the first and after the last of them. */
    private final class Within implements Callback {
        private final int first;
        private final int last;
        private RuntimeException failure;
        private boolean undone;

        private Within(int first, int last) {
            this.first = first;
            this.last = last;
        }

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            int format = Migrations.version(context.getMigrationInfo());
            try {
                if (event == Event.BEFORE_EACH_MIGRATE && format == first) {
                    before(context.getConnection());
                }
                if (event == Event.AFTER_EACH_MIGRATE && format == last) {
                    after(context.getConnection());
                    undone = dryRun;
                }
            } catch (SQLException e) {
                failure = dialect.explain(e);
            } catch (RuntimeException e) {
                failure = e;
            }
            if (failure != null || undone) {
                throw new FlywayException("undone");
            }
        }

        @Override
        public String getCallbackName() {
            return "dacite";
        }
    }
}
