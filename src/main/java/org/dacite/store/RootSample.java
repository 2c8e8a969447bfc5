package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.dacite.hashing.CanonicalHash;
import org.dacite.tree.DamageException;
import org.dacite.tree.Rederivation;

/**
 * Some revisions of a store, whose roots are derived from their leaves alone before and after its tables change. Its own
 * statements name no column that the first format did not have. Bound to one connection.
 */
final class RootSample {
    /** Revisions that are no heads, where not all are asked for. */
    private static final int PAST = 10;

    private static final String KEPT = " where not exists (select 1 from pruned p where p.revision_id = r.id)";
    private static final String HEADS =
            "select distinct r.id from revision r join branch b on b.revision_id = r.id" + KEPT;
    private static final String OTHERS = "select r.id from revision r" + KEPT
            + " and not exists (select 1 from branch b where b.revision_id = r.id)";

    private final Connection connection;
    private final Dialect dialect;
    private final StoreFormat format;
    private final List<Long> heads;
    private final List<Long> past;
    private final long kept;

    private RootSample(Connection connection, Dialect dialect, StoreFormat format, boolean all) throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        this.format = format;
        this.heads = ids(HEADS + " order by 1");
        List<Long> others = ids(OTHERS + " order by 1");
        this.kept = others.size();
        this.past = all ? others : spread(others);
    }

    /** The head of each branch, and of the other revisions that are kept all, or a few from the first to the last. */
    static RootSample of(Connection connection, Dialect dialect, StoreFormat format, boolean all) throws SQLException {
        return new RootSample(connection, dialect, format, all);
    }

    private static List<Long> spread(List<Long> ids) {
        if (ids.size() <= PAST) {
            return ids;
        }
        List<Long> few = new ArrayList<>();
        for (int i = 0; i < PAST; i++) {
            few.add(ids.get((int) ((long) i * (ids.size() - 1) / (PAST - 1))));
        }
        return few;
    }

    int heads() {
        return heads.size();
    }

    int past() {
        return past.size();
    }

    /** How many revisions there are that have their state and are no heads. */
    long keptPast() {
        return kept;
    }

    /**
     * The roots as the leaves have them, by revision; a {@link StoreException} for one that is not the root in its row.
     *
     * @param when what the derivation is done before or after
     */
    Map<Long, String> roots(String when, Consumer<Sweep.Progress> progress) throws SQLException {
        List<Long> ids = new ArrayList<>(heads);
        ids.addAll(past);
        RowSource source = new RowSource(dialect, new NodeCache(1 << 20), this::lend, new Counters());
        CanonicalHash rule = CanonicalHash.of(format.hash());
        Map<Long, String> roots = new TreeMap<>();
        for (long id : ids) {
            progress.accept(new Sweep.Progress("deriving roots " + when, roots.size(), ids.size()));
            roots.put(id, root(id, source, rule, when));
        }
        return roots;
    }

    private String root(long id, RowSource source, CanonicalHash rule, String when) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select root_oid, root from revision where id = ?")) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new StoreException("expected revision " + id + " " + when + ", found none");
                }
                String stored = HexFormat.of().formatHex(row.getBytes(2));
                String derived = HexFormat.of().formatHex(Rederivation.root(source, row.getLong(1), rule));
                if (!derived.equals(stored)) {
                    throw new StoreException("expected root " + stored + " from the leaves of revision " + id + " "
                            + when + ", got " + derived);
                }
                return stored;
            }
        } catch (DamageException | IllegalArgumentException e) {
            throw new StoreException(
                    "expected a root from the leaves of revision " + id + " " + when + ", but: " + e.getMessage(), e);
        }
    }

    /** Where the branches stand. */
    Map<String, Long> branches() throws SQLException {
        Map<String, Long> branches = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement("select name, revision_id from branch");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                branches.put(rows.getString(1), rows.getLong(2));
            }
        }
        return branches;
    }

    private List<Long> ids(String question) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(question);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    private <T> T lend(RowSource.Work<T> work) {
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
    }
}
