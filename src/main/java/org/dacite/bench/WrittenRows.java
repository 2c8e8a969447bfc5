package org.dacite.bench;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.dacite.bits.PaddedBits;

/**
 * What one commit of Dacite wrote, read back out of its tables: the rows, and the bytes that were hashed for its leaves
 * and vertices.
 *
 * @param tables the rows, in an order in which they can be inserted
 * @param hashed the bytes, one array a digest
 */
record WrittenRows(List<Table> tables, List<byte[]> hashed) {
    private static final byte LEAF = 0;
    private static final byte VERTEX = 1;

    /** Has its row with the first value that is no text, which the first revision of this work writes. */
    private static final String OTHER_VALUE = "other_value";

    private static final String LEAF_COLUMNS =
            "oid, tree_id, key, user_key, kind, value, tree_oid, tree_leaf_count, hash," + " previous_oid, revision_id";

    private static final String BETWEEN = " where oid between ? and ? order by oid";

    /** The hashes of the vertices, with what they were made of: their children's hashes, bits and ends. */
    private static final String CHILDREN = "select v.hash, v.depth, coalesce(lv.hash, ll.hash),"
            + " coalesce(lv.prefix, ll.key), coalesce(lv.depth, 8 * length(ll.key)), coalesce(rv.hash, rl.hash),"
            + " coalesce(rv.prefix, rl.key), coalesce(rv.depth, 8 * length(rl.key)) from vertex v"
            + " left join vertex lv on lv.oid = v.left_oid left join leaf ll on ll.oid = -v.left_oid"
            + " left join vertex rv on rv.oid = v.right_oid left join leaf rl on rl.oid = -v.right_oid"
            + " where v.oid between ? and ?";

    /**
     * Rows of one table.
     *
     * @param rows all columns of each, one row at least
     */
    record Table(String name, List<Object[]> rows) {
        /** The statement by which a row goes into a store that was made like this one. */
        String insert() {
            String values = String.join(",", Collections.nCopies(rows.get(0).length, "?"));
            String conflict =
                    name.equals(OTHER_VALUE) ? " on conflict do nothing" : ""; // which some stores are made with
            return "insert into " + name + " values (" + values + ")" + conflict;
        }
    }

    static List<Long> revisionsAfter(Connection store, long newest) throws SQLException {
        return read(store, "select id from revision where id > ? order by id", newest).stream()
                .map(row -> ((Number) row[0]).longValue())
                .toList();
    }

    /** What the commit of that revision wrote; fails when the bytes do not have the digests that stand in the rows. */
    static WrittenRows of(Connection store, long id, MessageDigest digest) throws SQLException {
        Object[] revision = read(store, "select line_id, height, first_oid, last_oid from revision where id = ?", id)
                .get(0);
        long line = number(revision[0]);
        long height = number(revision[1]);
        long first = number(revision[2]);
        long last = number(revision[3]);
        List<Table> tables = new ArrayList<>();
        if (height == 0) {
            add(tables, "log", read(store, "select * from log where id = ?", line));
        }
        add(tables, "vertex", read(store, "select * from vertex" + BETWEEN, first, last));
        add(tables, "leaf", read(store, "select " + LEAF_COLUMNS + " from leaf" + BETWEEN, first, last));
        add(tables, "revision", read(store, "select * from revision where id = ?", id));
        if (height == 0) {
            add(tables, OTHER_VALUE, read(store, "select * from " + OTHER_VALUE));
            add(tables, "branch_head", read(store, "select * from branch_head where revision_id is null"));
        }
        return new WrittenRows(tables, hashed(store, first, last, digest));
    }

    private static void add(List<Table> tables, String name, List<Object[]> rows) {
        if (!rows.isEmpty()) {
            tables.add(new Table(name, rows));
        }
    }

    private static List<byte[]> hashed(Connection store, long first, long last, MessageDigest digest)
            throws SQLException {
        List<byte[]> inputs = new ArrayList<>();
        for (Object[] row :
                read(store, "select hash, value from leaf where kind = 0 and oid between ? and ?", first, last)) {
            inputs.add(checked(leaf((byte[]) row[1]), (byte[]) row[0], digest));
        }
        for (Object[] row : read(store, CHILDREN, first, last)) {
            inputs.add(checked(vertex(row), (byte[]) row[0], digest));
        }
        return inputs;
    }

    private static byte[] leaf(byte[] value) {
        byte[] input = new byte[1 + value.length];
        input[0] = LEAF;
        System.arraycopy(value, 0, input, 1, value.length);
        return input;
    }

    private static byte[] vertex(Object[] row) {
        int skipFrom = (int) number(row[1]) + 1;
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(VERTEX);
        for (int child = 2; child < row.length; child += 3) {
            input.writeBytes((byte[]) row[child]);
            int end = (int) number(row[child + 2]);
            byte[] skip = new byte[PaddedBits.encodedLength(end - skipFrom)];
            PaddedBits.writeEncoded((byte[]) row[child + 1], skipFrom, end, skip, 0);
            input.writeBytes(skip);
        }
        return input.toByteArray();
    }

    private static byte[] checked(byte[] input, byte[] expected, MessageDigest digest) {
        if (!Arrays.equals(digest.digest(input), expected)) {
            throw new IllegalStateException("expected bytes with the digest that stands in their row, got others");
        }
        return input;
    }

    private static List<Object[]> read(Connection store, String text, long... parameters) throws SQLException {
        try (PreparedStatement statement = store.prepareStatement(text)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setLong(i + 1, parameters[i]);
            }
            List<Object[]> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    Object[] row = new Object[columns];
                    for (int i = 0; i < columns; i++) {
                        row[i] = rows.getObject(i + 1);
                    }
                    found.add(row);
                }
            }
            return found;
        }
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }
}
