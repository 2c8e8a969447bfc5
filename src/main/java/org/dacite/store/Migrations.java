package org.dacite.store;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The migrations of one engine, run by Flyway at one place. A format is the number of a migration: the tables that it leaves,
 * which all before it led to. For one thread.
 */
final class Migrations {
    private final String[] locations;
    private final Place place;

    /** Tells Flyway where the tables are. */
    interface Place {
        void configure(FluentConfiguration flyway) throws SQLException;
    }

    private Migrations(Place place, String... locations) {
        this.place = place;
        this.locations = locations;
    }

    /** Those that Dacite brings along. */
    static Migrations of(String engine, Place place) {
        return new Migrations(place, "classpath:migrations/" + engine);
    }

    /** The same and those of another folder. */
    Migrations and(String location) {
        String[] more = Arrays.copyOf(locations, locations.length + 1);
        more[locations.length] = location;
        return new Migrations(place, more);
    }

    /** Runs all of them. */
    void make() throws SQLException {
        flyway().load().migrate();
    }

    /** All that there are, in order; each tells when it was applied, if it was. */
    List<MigrationInfo> all() throws SQLException {
        return Arrays.stream(flyway().load().info().all())
                .filter(each -> each.getVersion() != null)
                .toList();
    }

    /** Runs those that were not applied, in one transaction, and calls back in it. */
    void apply(Callback callback) throws SQLException {
        flyway().group(true).callbacks(callback).load().migrate();
    }

    /** Writes down that those up to a format were applied; runs none. */
    void book(int format) throws SQLException {
        flyway().target(MigrationVersion.fromVersion(Integer.toString(format)))
                .skipExecutingMigrations(true)
                .load()
                .migrate();
    }

    private FluentConfiguration flyway() throws SQLException {
        FluentConfiguration flyway = Flyway.configure().locations(locations).validateMigrationNaming(true);
        place.configure(flyway);
        return flyway;
    }

    static int version(MigrationInfo migration) {
        return migration.getVersion().getMajor().intValueExact();
    }

    /** The first line of what went wrong in a migration. */
    static String reason(FlywayException error) {
        if (String.valueOf(error.getMessage()).contains("non-empty schema")) {
            return "its schema holds something else, such as a function or a sequence; name another with ?currentSchema=…";
        }
        Throwable cause = error;
        while (cause.getCause() != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("no reason given");
    }
}
