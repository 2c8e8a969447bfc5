package org.dacite.context;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.dacite.store.Inode;
import org.dacite.tree.DamageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InodeTreeTest {
    private final TezosHash rule = new TezosHash();
    private final MemoryInodes inodes = new MemoryInodes();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anUpdateMakesWhatWouldBeMadeAnew(long seed) {
        Random random = new Random(seed);
        TreeMap<byte[], TezosEntry> model = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < 300; i++) {
            TezosEntry entry = entry(random, 2_000);
            model.put(entry.name(), entry);
        }
        InodeTree tree = inodes.tree(rule);
        long top = tree.build(List.copyOf(model.values())).id();
        for (int step = 0; step < 40; step++) {
            int size = 1 + random.nextInt(step % 10 == 9 ? 600 : 20);
            boolean shrinking = step % 20 > 12;
            TreeMap<byte[], TezosChange> changes = new TreeMap<>(Arrays::compareUnsigned);
            for (int i = 0; i < size; i++) {
                TezosEntry entry = entry(random, 2_000);
                boolean existed = model.containsKey(entry.name());
                if (shrinking && model.size() > 1) {
                    byte[] gone =
                            model.ceilingKey(entry.name()) == null ? model.firstKey() : model.ceilingKey(entry.name());
                    if (!changes.containsKey(gone)) {
                        changes.put(gone, new TezosChange(gone, true, null));
                        model.remove(gone);
                    }
                } else if (!changes.containsKey(entry.name())) {
                    changes.put(entry.name(), new TezosChange(entry.name(), existed, entry));
                    model.put(entry.name(), entry);
                }
            }
            InodeTree.Ref updated = tree.update(top, List.copyOf(changes.values()));
            String where = "seed " + seed + ", step " + step;
            List<TezosEntry> expected = List.copyOf(model.values());
            assertArrayEquals(SlowTezos.partition(0, expected), updated.hash(), where);
            assertEquals(expected.size(), updated.entryCount(), where);
            assertEquals(expected, tree.entries(updated.id()), where);
            top = updated.id();
        }
    }

    @Test
    void anUpdateHashesTheInodesOnItsPathsAlone() {
        List<TezosEntry> entries = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            entries.add(new TezosEntry(String.format("%08d", i).getBytes(StandardCharsets.UTF_8), false, hash(i)));
        }
        InodeTree tree = inodes.tree(rule);
        long top = tree.build(entries).id();
        long before = rule.inodes();
        int rows = inodes.size();
        TezosEntry changed = new TezosEntry(entries.get(77).name(), false, hash(-1));
        tree.update(top, List.of(new TezosChange(changed.name(), true, changed)));
        long made = rule.inodes() - before;
        assertTrue(made <= 4, "hashed " + made);
        assertEquals(made, inodes.size() - rows);
    }

    @Test
    void namesThatShareABucketAtEveryDepthAreRefusedWhenTheyAreTooMany() {
        List<byte[]> names = SharedBuckets.names(300);
        for (int depth = 0; depth < 12; depth++) {
            int bucket = InodeTree.bucket(depth, names.get(0));
            for (byte[] each : names) {
                assertEquals(bucket, InodeTree.bucket(depth, each));
            }
        }
        List<TezosEntry> entries = new ArrayList<>();
        for (byte[] each : names) {
            entries.add(new TezosEntry(each, false, hash(1)));
        }
        InodeTree tree = inodes.tree(rule);
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> tree.build(entries));
        assertTrue(refused.getMessage().contains("300 of them"), refused.getMessage());
    }

    @Test
    void asManyAsAnInodeHoldsMayShareTheirBucketsAtEveryDepth() {
        List<TezosEntry> entries = new ArrayList<>();
        for (byte[] each : SharedBuckets.names(33)) {
            entries.add(new TezosEntry(each, false, hash(2)));
        }
        TezosEntry last = entries.remove(32);
        for (int i = 0; i < 300; i++) {
            entries.add(new TezosEntry(("n" + i).getBytes(StandardCharsets.UTF_8), true, hash(i)));
        }
        entries.sort(null);
        InodeTree tree = inodes.tree(rule);
        InodeTree.Ref built = tree.build(entries);
        assertArrayEquals(SlowTezos.partition(0, entries), built.hash());
        assertThrows(
                IllegalArgumentException.class,
                () -> tree.update(built.id(), List.of(new TezosChange(last.name(), false, last))));
    }

    @Test
    void whatDoesNotFitTheEntriesIsDamage() {
        List<TezosEntry> entries = List.of(new TezosEntry(new byte[] {'a'}, false, hash(1)));
        InodeTree tree = inodes.tree(rule);
        long top = tree.build(entries).id();
        byte[] absent = {'b'};
        assertThrows(DamageException.class, () -> tree.update(top, List.of(new TezosChange(absent, true, null))));
        assertThrows(
                DamageException.class,
                () -> tree.update(top, List.of(new TezosChange(entries.get(0).name(), false, entries.get(0)))));
        assertThrows(DamageException.class, () -> tree.entries(99));
    }

    @Test
    void bytesThatAreNoInodeAreDamage() {
        List<TezosEntry> entries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            entries.add(new TezosEntry(new byte[] {(byte) ('0' + i)}, false, hash(i)));
        }
        InodeTree tree = inodes.tree(rule);
        long top = tree.build(entries).id();
        for (long id = 1; id < top; id++) {
            Inode whole = inodes.get(id);
            for (int length = 0; length < whole.content().length; length++) {
                byte[] cut = Arrays.copyOf(whole.content(), length);
                inodes.replace(new Inode(id, whole.depth(), whole.entryCount(), whole.children(), cut));
                assertThrows(DamageException.class, () -> inodes.tree(rule).entries(top));
            }
            inodes.replace(whole);
        }
        assertEquals(entries, tree.entries(top));
    }

    private static TezosEntry entry(Random random, int names) {
        byte[] name = ("name" + random.nextInt(names)).getBytes(StandardCharsets.UTF_8);
        return new TezosEntry(name, random.nextBoolean(), hash(random.nextInt()));
    }

    private static byte[] hash(long seed) {
        byte[] hash = new byte[32];
        new Random(seed).nextBytes(hash);
        return hash;
    }
}
