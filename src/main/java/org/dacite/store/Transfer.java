package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.dacite.hashing.Digest;
import org.dacite.log.StoredLog;
import org.dacite.tree.DamageException;

/**
 * Makes a store what another is, of whatever engines: the revisions with their rows and lines, the logs that people name, and in
 * the end, in one transaction, what moves: branches, tags, rules, what was given up.
 *
 * <p>Rows are read in order of OID while the source is written and pruned. What was given up is read last, and a row is deleted
 * only after that was written down; so what was gone when it was read belongs to nothing that is kept. A transaction holds whole
 * revisions, so whatever ends it, the next one goes on from there. For one call.
 */
public final class Transfer {
    /** What is added to, and never changed. */
    private static final List<String> APPENDED =
            List.of("revision", "vertex", "leaf", "tree", "log", "log_node", "log_entry");

    /** What is looked at one by one, or made by a witness or by whoever writes a value. */
    private static final List<String> OTHERS = List.of(
            "store",
            "pruned",
            "field_view",
            "other_value",
            "context_commit",
            "context_directory",
            "context_inode",
            "context_value");

    /** Rows that a transaction takes, and then goes on to the end of its revision, where nobody says otherwise. */
    public static final int ROWS_A_TRANSACTION = 50_000;

    /**
     * What was moved and made anew.
     *
     * @param revisions revisions that were not there before
     * @param vertices their vertices
     * @param leaves their leaves
     * @param entries records of the logs that people name
     * @param all how many revisions there are now
     */
    public record Report(long revisions, long vertices, long leaves, long entries, long all) {}

    /** Makes anew what revisions carry beside the store's own hashes. */
    public interface Witness {
        /**
         * All rows of a revision, and of the one before it on its line, are put, but its hash is not believed yet.
         *
         * @param base the top of the state before it; 0 where that is empty or was given up
         * @param claimed the hash that it carries at the source
         */
        void put(WriteTransaction into, Optional<Revision> parent, long base, Revision revision, Digest claimed);
    }

    private final Store from;
    private final Store to;
    private final Witness witness;
    private final int rowsATransaction;
    private final Consumer<Sweep.Progress> progress;
    private long revisions;
    private long vertices;
    private long leaves;
    private long entries;

    private Transfer(Store from, Store to, Witness witness, int rowsATransaction, Consumer<Sweep.Progress> progress) {
        this.from = from;
        this.to = to;
        this.witness = witness;
        this.rowsATransaction = rowsATransaction;
        this.progress = progress;
    }

    /**
     * Moves what is new. A {@link StoreException} when the destination is no earlier copy, and when a hash of the source is not
     * what its rows make.
     *
     * @param witness makes what revisions carry beside the store's own hashes
     * @param rowsATransaction rows after which a transaction ends with its revision, 1 or more
     * @param progress told how far it is, in OIDs
     */
    public static Report run(
            Store from, Store to, Witness witness, int rowsATransaction, Consumer<Sweep.Progress> progress) {
        return to.upkeep(
                "fills", (connection, dialect) -> new Transfer(from, to, witness, rowsATransaction, progress).run());
    }

    /** The tables that it moves. */
    static List<String> tables() {
        List<String> tables = new ArrayList<>(MovedTables.MIRRORED);
        tables.addAll(APPENDED);
        tables.addAll(MovedTables.TAKEN.keySet());
        tables.addAll(OTHERS);
        return tables;
    }

    private Report run() {
        try {
            requireEarlierCopy();
            from.read((connection, dialect) -> {
                catchUp(connection);
                return null;
            });
            from.readAtOnce((connection, dialect) -> {
                finish(connection);
                return null;
            });
        } catch (DamageException e) {
            throw new StoreException(
                    "expected a sound store at " + from.place() + ", but: " + e.getMessage()
                            + "; run 'dacite fsck' on it; what was copied until there is sound",
                    e);
        }
        declareViews();
        IndexLevel level = from.indexes();
        if (to.indexes() != level) {
            progress.accept(new Sweep.Progress("indexes", 0, 1));
            to.index(level);
        }
        return new Report(revisions, vertices, leaves, entries, newest());
    }

    /** The views over fields of values, which each engine spells in its own way. */
    private void declareViews() {
        FieldViews ours = new FieldViews(to);
        Map<String, String> theirs = new FieldViews(from).list();
        Map<String, String> old = ours.list();
        old.forEach((name, fields) -> {
            if (!fields.equals(theirs.get(name))) {
                ours.drop(name);
            }
        });
        theirs.forEach((name, fields) -> {
            if (!fields.equals(old.get(name))) {
                ours.create(name, FieldViews.parse(fields));
            }
        });
    }

    private long newest() {
        return to.read(
                (connection, dialect) -> new RowPages(connection).number("select coalesce(max(id), 0) from revision"));
    }

    /** Every revision of the destination is the source's, and has its state where that one has. */
    private void requireEarlierCopy() {
        if (from.format().hash() != to.format().hash()
                || !from.format().keyCodec().equals(to.format().keyCodec())) {
            throw noCopy("it is made with " + to.format().hash().label() + " and "
                    + to.format().keyCodec() + " keys");
        }
        from.read((sourceConnection, sourceDialect) -> to.read((connection, dialect) -> {
            RowPages source = new RowPages(sourceConnection);
            RowPages target = new RowPages(connection);
            List<Revision> page = target.revisions(0);
            while (!page.isEmpty()) {
                List<Revision> originals = source.revisions(page.get(0).id() - 1);
                for (int i = 0; i < page.size(); i++) {
                    requireSame(i < originals.size() ? originals.get(i) : null, page.get(i));
                }
                page = target.revisions(page.get(page.size() - 1).id());
            }
            Map<String, RowPages.LogRow> logs = source.logs().stream()
                    .filter(log -> log.name() != null)
                    .collect(Collectors.toMap(RowPages.LogRow::name, log -> log));
            for (RowPages.LogRow log : target.logs()) {
                if (log.name() != null && !log.equals(logs.get(log.name()))) {
                    throw noCopy("its log '" + log.name() + "' is not of the source");
                }
            }
            return null;
        }));
    }

    private void requireSame(Revision original, Revision copy) {
        if (original == null || !unpruned(original).equals(unpruned(copy))) {
            throw noCopy("its revision " + copy.id() + " (" + copy.hash() + ") is not of the source");
        }
        if (copy.pruned() && !original.pruned()) {
            throw noCopy("its revision " + copy.id() + " was pruned, which the source keeps");
        }
    }

    private static Revision unpruned(Revision one) {
        return new Revision(
                one.id(),
                one.line(),
                one.parent(),
                one.height(),
                one.rootLink(),
                one.root(),
                one.history(),
                one.hash(),
                one.leafCount(),
                one.timeMillis(),
                one.author(),
                one.message(),
                one.firstOid(),
                one.lastOid(),
                false);
    }

    private StoreException noCopy(String why) {
        return new StoreException("expected an empty store or an earlier copy of " + from.place() + " at " + to.place()
                + ", but " + why + "; name another place");
    }

    /** Some transactions, while others write to the source. */
    private void catchUp(Connection connection) throws SQLException {
        RowPages source = new RowPages(connection, from.dialect());
        boolean more = true;
        while (more) {
            more = to.write(transaction -> {
                RevisionTransfer transfer = transfer(source);
                long before = revisions;
                transaction.run(() -> {
                    put(source, transfer, transaction, rowsATransaction);
                    giveUp(source, transaction);
                });
                count(transfer);
                return revisions > before;
            });
        }
        for (RowPages.LogRow log : source.logs()) {
            while (log.name() != null && to.write(transaction -> putPage(connection, log, transaction))) {
                progress.accept(new Sweep.Progress("log " + log.name(), 0, -1));
            }
        }
    }

    private RevisionTransfer transfer(RowPages source) {
        return new RevisionTransfer(source, from.format(), witness);
    }

    private void count(RevisionTransfer transfer) {
        vertices += transfer.vertices();
        leaves += transfer.leaves();
    }

    private void put(RowPages source, RevisionTransfer transfer, WriteTransaction into, long maxRows)
            throws SQLException {
        long last = into.nextRevision() - 1;
        long lastOid = source.number("select coalesce(max(last_oid), 0) from revision");
        List<Revision> page = source.revisions(last);
        while (!page.isEmpty()) {
            transfer.know(source.logs()); // those of the page are there by now
            for (Revision revision : page) {
                transfer.put(revision, into);
                revisions++;
                progress.accept(new Sweep.Progress("revisions", revision.lastOid(), lastOid));
                if (transfer.vertices() + transfer.leaves() >= maxRows) {
                    return;
                }
            }
            page = source.revisions(page.get(page.size() - 1).id());
        }
    }

    /** Appends a page of records of a log that people name; whether there may be more. */
    private boolean putPage(Connection connection, RowPages.LogRow log, WriteTransaction into) {
        LogRows theirs = new LogRows(connection, from.dialect());
        LogRows ours = into.logs();
        OptionalLong found = ours.named(log.name());
        if (found.isEmpty()) {
            into.run(() -> RevisionTransfer.putLine(log, into));
        }
        long size = ours.size(log.id());
        List<byte[]> page = theirs.page(log.id(), size, Long.MAX_VALUE);
        StoredLog own = StoredLog.of(from.format().hash(), size, ours.nodes(log.id()));
        if (size > theirs.size(log.id())
                || !own.root(size)
                        .equals(StoredLog.of(from.format().hash(), size, theirs.nodes(log.id()))
                                .root(size))) {
            throw noCopy("the first " + size + " records of its log '" + log.name() + "' are not those of the source");
        }
        into.append(log.id(), own.range(), page);
        entries += page.size();
        return !page.isEmpty();
    }

    /** What came since, and all that moves, from one state of the source in one transaction. */
    private void finish(Connection connection) {
        RowPages source = new RowPages(connection, from.dialect());
        to.write(transaction -> {
            transaction.run(() -> {
                RevisionTransfer transfer = transfer(source);
                put(source, transfer, transaction, Long.MAX_VALUE);
                transfer.putAllTrees(transaction);
                count(transfer);
                for (RowPages.LogRow log : source.logs()) {
                    boolean more = log.name() != null;
                    while (more) {
                        more = putPage(connection, log, transaction);
                    }
                }
                transaction.flush();
                new MovedTables(from.dialect(), connection, transaction.connection()).move();
                giveUp(source, transaction);
                OptionalLong bare = RevisionTransfer.bare(transaction);
                if (bare.isPresent()) {
                    throw new DamageException(
                            bare.getAsLong(), "expected the state of revision " + bare.getAsLong() + ", found a part");
                }
            });
            return null;
        });
    }

    /** Those of the revisions here that were given up for good; their rows, as far as they came, go with the next prune. */
    private void giveUp(RowPages source, WriteTransaction into) throws SQLException {
        into.flush();
        RowPages target = new RowPages(into.connection());
        long newest = target.number("select coalesce(max(id), 0) from revision");
        List<Long> here = target.ask("select revision_id from pruned", List.of(), row -> row.getLong(1));
        List<Long> there = source.ask(
                "select revision_id from pruned where swept <> -1 and revision_id <= ?",
                List.of(newest),
                row -> row.getLong(1));
        there.removeAll(new HashSet<>(here));
        try (PreparedStatement insert =
                into.connection().prepareStatement("insert into pruned (revision_id, swept) values (?, 0)")) {
            for (long id : there) {
                insert.setLong(1, id);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
