package org.dacite.store;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The damage that one {@link Fsck} has found so far; past 10,000 no more is taken down. For one thread. */
final class FsckFindings {
    private static final int MAX_DAMAGE = 10_000;

    private final List<Fsck.Damage> damage = new ArrayList<>();
    private final TreeMap<Long, Long> writers = new TreeMap<>();

    /** Tells that a revision wrote the rows of its OIDs. */
    void wrote(Revision revision) {
        if (revision.lastOid() >= revision.firstOid()) {
            writers.put(revision.firstOid(), revision.id());
        } else {
            writers.putIfAbsent(revision.firstOid(), revision.id());
        }
    }

    /** Whether looking on is of no use. */
    boolean full() {
        return damage.size() >= MAX_DAMAGE;
    }

    List<Fsck.Damage> damage() {
        return List.copyOf(damage);
    }

    /** Takes down that a revision is not what it must be, unless it is. */
    void expect(Revision revision, String expected, String found, boolean holds) {
        if (!holds) {
            report("revision", revision.id(), revision.id(), expected, found);
        }
    }

    /** Takes down damage of a row that is named by its OID, or by the id of a revision. */
    void report(String table, long oid, String expected, String found) {
        long writer = List.of("revision", "branch", "tag").contains(table)
                ? oid
                : Optional.ofNullable(writers.floorEntry(oid))
                        .map(Map.Entry::getValue)
                        .orElse(0L);
        report(table, oid, writer, expected, found);
    }

    void report(String table, long id, long revision, String expected, String found) {
        if (!full()) {
            damage.add(new Fsck.Damage(table, id, revision, expected, found));
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
