package org.dacite.moves;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.TimeZone;
import org.dacite.store.StoreException;

/**
 * The rows that a query of any database answers, one after the other, in memory that does not grow with their number. For one
 * thread.
 *
 * <p>A query that the database does not take is an {@link IllegalArgumentException}; what it could not do, such as a
 * connection that is lost half-way, a {@link StoreException}.
 */
public final class ForeignRows implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 1_000;

    private final String place;
    private final URLClassLoader loader;
    private final Connection connection;
    private Statement statement;
    private ResultSet rows;
    private List<String> names;

    private ForeignRows(String place, URLClassLoader loader, Connection connection) {
        this.place = place;
        this.loader = loader;
        this.connection = connection;
    }

    /**
     * Connects, for reading alone, and runs a query.
     *
     * @param driver the jar of the database's JDBC driver; null for one that is on the class path
     */
    public static ForeignRows of(String url, Path driver, String query) {
        String place = withoutPassword(url);
        ForeignRows opened = driver == null
                ? new ForeignRows(place, null, connected(place, () -> DriverManager.getConnection(url, readOnly(url))))
                : byDriver(url, place, driver);
        try {
            opened.run(query);
            return opened;
        } catch (SQLException e) {
            opened.close();
            String state = String.valueOf(e.getSQLState());
            boolean fault = state.startsWith("42") || url.startsWith("jdbc:sqlite:");
            throw fault
                    ? new IllegalArgumentException(
                            "expected a query that the database at " + place + " understands, but it said: "
                                    + firstLine(e),
                            e)
                    : opened.failed(e);
        }
    }

    private static ForeignRows byDriver(String url, String place, Path jar) {
        if (!Files.isReadable(jar)) {
            throw new IllegalArgumentException("expected the jar of a JDBC driver at '" + jar + "', found none");
        }
        try {
            URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
            for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
                Connection connection = connected(place, () -> driver.connect(url, new Properties()));
                if (connection != null) {
                    return new ForeignRows(place, loader, connection);
                }
            }
            loader.close();
        } catch (IOException e) {
            throw new IllegalArgumentException("expected the jar of a JDBC driver at '" + jar + "': " + e, e);
        }
        throw new IllegalArgumentException("expected a JDBC driver in '" + jar + "' that takes " + place
                + ", found none; name the jar of that database's driver");
    }

    private interface Connecting {
        Connection connect() throws SQLException;
    }

    private static Connection connected(String place, Connecting connecting) {
        try {
            return connecting.connect();
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).startsWith("No suitable driver")) {
                throw new IllegalArgumentException(
                        "expected a URL that a JDBC driver takes, got " + place
                                + "; name the jar of that database's driver with --driver",
                        e);
            }
            throw new StoreException("expected to connect to " + place + ", but that failed: " + firstLine(e), e);
        }
    }

    /** SQLite would make a file where there is none. */
    private static Properties readOnly(String url) {
        Properties properties = new Properties();
        if (url.startsWith("jdbc:sqlite:")) {
            properties.setProperty("open_mode", "1");
        }
        return properties;
    }

    private static String withoutPassword(String url) {
        return url.replaceAll("(?i)([?&;](?:ssl)?password=)[^&;]*", "$1…").replaceAll("//([^/@:]*):[^@/]*@", "//$1:…@");
    }

    private static String firstLine(SQLException error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("no reason given");
    }

    /** Rows come a few at a time only outside of auto-commit, where PostgreSQL is concerned. */
    private void run(String query) throws SQLException {
        try {
            connection.setReadOnly(true);
        } catch (SQLException e) {
            // SQLite is read-only since it was opened; another database may not know the word
        }
        connection.setAutoCommit(false);
        statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        statement.setFetchSize(ROWS_AT_ONCE);
        rows = statement.executeQuery(query);
        ResultSetMetaData about = rows.getMetaData();
        names = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            names.add(about.getColumnLabel(i));
        }
    }

    /** The names of the columns. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** Goes to the next row; false after the last. */
    public boolean next() {
        try {
            return rows.next();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * What stands in a column, counted from 0, of the row: null, {@code byte[]}, a {@link Number}, a {@link Boolean}, or text.
     */
    public Object cell(int column) {
        try {
            Object value = rows.getObject(column + 1);
            if (value instanceof Blob blob) {
                return blob.getBytes(1, Math.toIntExact(blob.length()));
            }
            if (value instanceof Clob clob) {
                return clob.getSubString(1, Math.toIntExact(clob.length()));
            }
            boolean plain =
                    value == null || value instanceof byte[] || value instanceof Number || value instanceof Boolean;
            return plain ? value : rows.getString(column + 1);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** A time in a column as milliseconds since 1970, one without a zone taken as UTC; else what {@link #cell} answers. */
    public Object time(int column) {
        try {
            if (rows.getObject(column + 1) instanceof Timestamp) {
                return rows.getTimestamp(column + 1, Calendar.getInstance(TimeZone.getTimeZone("UTC")))
                        .getTime();
            }
            return cell(column);
        } catch (SQLFeatureNotSupportedException e) {
            return cell(column);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private StoreException failed(SQLException e) {
        return new StoreException(
                "expected the next rows from " + place + ", but the database said: " + firstLine(e), e);
    }

    @Override
    public void close() {
        try {
            connection.close(); // ends the statement and its rows too
            if (loader != null) {
                loader.close();
            }
        } catch (SQLException | IOException e) {
            // nothing was written, and the rows were read
        }
    }
}
