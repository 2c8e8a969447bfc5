package org.dacite.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.store.Settings;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A store on SQLite, in a temporary folder, with 100,000 records and ten commits of a hundred changes after them. */
@State(Scope.Benchmark)
public class StoreState {
    private static final int LEAVES = 100_000;
    private static final int COMMITS = 10;
    private static final int CHANGES = 100;

    private final Random random = new Random(1);
    private final byte[][] keys = new byte[LEAVES][32];
    private Path folder;
    private Dacite dacite;
    private Snapshot head;

    @Setup(Level.Trial)
    public void open() throws IOException {
        folder = Files.createTempDirectory("dacite-jmh-");
        dacite = Dacite.open(
                folder.resolve("store.db").toString(), Settings.defaults().withKeyCodec("bytes"));
        for (byte[] key : keys) {
            random.nextBytes(key);
        }
        commit(LEAVES);
        for (int i = 0; i < COMMITS; i++) {
            commit(CHANGES);
        }
        head = dacite.head();
    }

    private void commit(int count) {
        dacite.branch("main").commit("some", batch -> {
            for (int i = 0; i < count; i++) {
                byte[] value = new byte[100];
                random.nextBytes(value);
                batch.put(count == LEAVES ? keys[i] : key(), value);
            }
        });
    }

    Dacite dacite() {
        return dacite;
    }

    Snapshot head() {
        return head;
    }

    byte[] key() {
        return keys[random.nextInt(LEAVES)];
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        head.close();
        dacite.close();
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
