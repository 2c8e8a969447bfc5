package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the file of leases is there, and what it tells the process that made it. */
class LeaseFileTest {
    private static final Set<Long> MANY = LongStream.range(1, 1_000).boxed().collect(Collectors.toSet());

    @TempDir
    Path folder;

    private Path store;
    private Path file;

    @BeforeEach
    void aStore() throws Exception {
        store = Files.createFile(folder.resolve("s.db"));
        file = folder.resolve("s.db-leases");
    }

    @Test
    void standsFromTheFirstLeaseToTheLastUser() throws Exception {
        LeaseFile one = LeaseFile.of(store);
        LeaseFile two = LeaseFile.of(folder.resolve(".").resolve("s.db"));
        assertEquals(Set.of(), one.leased(MANY));
        assertFalse(Files.exists(file));
        one.take(7);
        two.take(7);
        two.take(900);
        assertEquals(0, Files.size(file));
        one.release(7);
        assertEquals(Set.of(7L, 900L), one.leased(MANY));
        assertEquals(Set.of(), one.leased(Set.of(6L, 8L)));
        two.release(7);
        assertEquals(Set.of(900L), one.leased(MANY));
        two.release(900);
        assertEquals(Set.of(), two.leased(MANY));
        one.close();
        assertTrue(Files.exists(file));
        two.close();
        assertFalse(Files.exists(file));
    }

    @Test
    void isMadeAnewWhereItWasTakenAway() throws Exception {
        LeaseFile leases = LeaseFile.of(store);
        leases.take(3);
        Files.delete(file);
        leases.take(4);
        assertTrue(Files.exists(file));
        assertEquals(Set.of(3L, 4L), leases.leased(MANY));
        leases.release(3);
        assertEquals(Set.of(4L), leases.leased(MANY));
        leases.release(4);
        leases.close();
        assertFalse(Files.exists(file));
    }

    @Test
    void readingGoesOnWhereThereCanBeNone() throws Exception {
        Files.createDirectory(file); // whoever runs this, it cannot be opened for writing
        LeaseFile leases = LeaseFile.of(store);
        leases.take(3);
        leases.take(4);
        leases.release(3);
        leases.release(4);
        leases.close();
        assertTrue(Files.isDirectory(file));
    }

    @Test
    void anInterruptDropsNoLease() throws Exception {
        LeaseFile leases = LeaseFile.of(store);
        leases.take(3);
        Thread.currentThread().interrupt();
        leases.take(4);
        assertEquals(Set.of(3L, 4L), leases.leased(MANY));
        assertTrue(Thread.interrupted());
        leases.release(4);
        assertEquals(Set.of(3L), leases.leased(MANY));
        leases.release(3);
        leases.close();
        assertFalse(Files.exists(file));
    }
}
