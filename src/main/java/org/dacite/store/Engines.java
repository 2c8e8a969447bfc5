package org.dacite.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.exception.DataAccessException;

/** Which engine a place asks for, and which format the store there has. Stateless. */
final class Engines {
    private Engines() {}

    /** The engine that a place asks for, whether anything stands there or not. */
    static Dialect of(String where) {
        if (where.startsWith("jdbc:postgresql:")) {
            return new Postgresql(where);
        }
        String path = where.startsWith("jdbc:sqlite:") ? where.substring("jdbc:sqlite:".length()) : where;
        if (where.isEmpty() || path.startsWith("jdbc:") || path.contains("://")) {
            throw new IllegalArgumentException(
                    "expected a path, jdbc:sqlite:PATH or jdbc:postgresql://HOST/DATABASE, got '"
                            + where.replaceFirst("[?].*", "?…") + "'");
        }
        try {
            return new Sqlite(Path.of(path));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a path, got '" + where + "': " + e.getReason(), e);
        }
    }

    /** The engine of the store that stands at a place. */
    static Dialect existing(String where) {
        Dialect dialect = of(where);
        if (!dialect.exists()) {
            throw new StoreException("expected a store at " + dialect.place()
                    + ", found none; make one with 'dacite init' or 'dacite load', or name another with --store");
        }
        return dialect;
    }

    /** The format that a store must have for this Dacite to work with it. */
    static StoreFormat current(Dialect dialect, Settings settings) {
        StoreFormat found = readFormat(dialect, settings);
        requireNoNewer(dialect, found, StoreFormat.CURRENT);
        if (found.version() < StoreFormat.CURRENT) {
            throw new StoreException("expected a store of format " + StoreFormat.CURRENT + " at " + dialect.place()
                    + ", got format " + found.version()
                    + ", of an older Dacite; 'dacite migrate' upgrades it, the older one can still use it until then");
        }
        return found;
    }

    static void requireNoNewer(Dialect dialect, StoreFormat found, int newest) {
        if (found.version() > newest) {
            throw new StoreException("expected a store of format " + newest + " or older at " + dialect.place()
                    + ", got format " + found.version() + "; it was made by a newer Dacite, use that one");
        }
    }

    /** What the row of the store says, whichever Dacite made it. */
    static StoreFormat readFormat(Dialect dialect, Settings settings) {
        StoreFormat unknown = new StoreFormat(0, settings.hash(), "text");
        try (Connection connection = dialect.readers(settings, unknown).getConnection()) {
            StoreFormat found = new RevisionRows(connection, dialect).format();
            if (found == null) {
                throw new StoreException("expected the one row of table store at " + dialect.place()
                        + ", found none; the store is damaged, restore a copy");
            }
            return found;
        } catch (SQLException e) {
            throw dialect.explain(e);
        } catch (DataAccessException e) {
            throw dialect.explain(e);
        }
    }
}
