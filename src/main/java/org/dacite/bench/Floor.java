package org.dacite.bench;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dacite.hashing.HashAlgorithm;

/**
 * The least that one thread does who keeps what Dacite keeps: plain JDBC batches of exactly the rows that Dacite wrote,
 * read back out of its store, into the same tables and indexes in a place of their own, one durable commit for each of
 * its commits, and the digests of exactly the bytes that it hashed for its leaves and vertices. It need not sort, look
 * for what stands there, or merge. For one thread.
 */
final class Floor implements AutoCloseable {
    private static final int BATCH_ROWS = 1_000;

    private final Connection store;
    private final Connection copy;
    private final MessageDigest digest;
    private final Map<String, PreparedStatement> inserts = new HashMap<>();
    private long newest;

    private Floor(Connection store, Connection copy, HashAlgorithm algorithm) {
        this.store = store;
        this.copy = copy;
        this.digest = algorithm.newMessageDigest();
    }

    /** The floor of the store that the first connection reads, in the empty tables that the second one writes. */
    static Floor of(PlainSide.Attempt<Connection> store, PlainSide.Attempt<Connection> copy, HashAlgorithm algorithm) {
        return PlainSide.attempt(() -> {
            Connection from = store.run();
            try {
                Connection into = copy.run();
                into.setAutoCommit(false);
                return new Floor(from, into, algorithm);
            } catch (SQLException e) {
                from.close();
                throw e;
            }
        });
    }

    /** Does again what the store has committed since the last time; answers how long that took, reading not counted. */
    long catchUp(Stop stop) {
        return PlainSide.attempt(() -> {
            long nanos = 0;
            for (long id : WrittenRows.revisionsAfter(store, newest)) {
                stop.check();
                WrittenRows written = WrittenRows.of(store, id, digest);
                long start = System.nanoTime();
                hash(written.hashed());
                for (WrittenRows.Table table : written.tables()) {
                    insert(table);
                }
                copy.commit();
                nanos += System.nanoTime() - start;
                newest = id;
            }
            return nanos;
        });
    }

    private void hash(List<byte[]> inputs) {
        for (byte[] input : inputs) {
            digest.digest(input);
        }
    }

    private void insert(WrittenRows.Table table) throws SQLException {
        PreparedStatement insert = inserts.get(table.name());
        if (insert == null) {
            insert = copy.prepareStatement(table.insert());
            inserts.put(table.name(), insert);
        }
        int waiting = 0;
        for (Object[] row : table.rows()) {
            for (int i = 0; i < row.length; i++) {
                insert.setObject(i + 1, row[i]);
            }
            insert.addBatch();
            if (++waiting == BATCH_ROWS) {
                insert.executeBatch();
                waiting = 0;
            }
        }
        if (waiting > 0) {
            insert.executeBatch();
        }
    }

    @Override
    public void close() {
        PlainSide.attempt(() -> {
            try (store) {
                copy.close();
            }
            return null;
        });
    }
}
