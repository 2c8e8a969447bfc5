package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final byte[] A = {1};
    private static final byte[] B = {2};
    private static final byte[] HIGH = {(byte) 0x80};

    private final Changes changes = new Changes();

    @Test
    void areEmptyUntilSomethingIsAsked() {
        assertTrue(changes.isEmpty());
        assertEquals(0, changes.whole().size());
        changes.delete(A, null);
        assertFalse(changes.isEmpty());
        assertEquals(1, changes.whole().size());
    }

    @Test
    void areReadInTheOrderOfUnsignedKeys() {
        changes.put(HIGH, null, A);
        changes.delete(B, null);
        changes.put(A, null, A);
        assertEquals(3, changes.whole().size());
        assertSame(A, changes.whole().get(0).key());
        assertSame(B, changes.whole().get(1).key());
        assertSame(HIGH, changes.whole().get(2).key());
    }

    @Test
    void theLastChangeOfAKeyWins() {
        changes.put(A, null, A);
        changes.put(A, null, B);
        assertEquals(1, changes.whole().size());
        assertSame(B, changes.whole().get(0).value());
        changes.delete(A.clone(), null);
        assertEquals(1, changes.whole().size());
        assertEquals(Change.Action.DELETE, changes.whole().get(0).action());
    }

    @Test
    void whatFollowsADeletionReplaces() {
        changes.put(A, null, A);
        assertEquals(1, changes.whole().size());
        assertFalse(changes.whole().get(0).replaces());
        changes.delete(A, null);
        changes.put(A, null, B);
        changes.put(A, null, A);
        assertEquals(1, changes.whole().size());
        assertTrue(changes.whole().get(0).replaces());
        assertSame(A, changes.whole().get(0).value());
    }

    @Test
    void oneKeyHasOneNestedBatchUntilItIsDeletedOrLinked() {
        Changes nested = changes.tree(A, null);
        assertSame(nested, changes.tree(A.clone(), null));
        assertNotSame(nested, changes.tree(B, null));
        changes.delete(A, null);
        Changes second = changes.tree(A, null);
        assertNotSame(nested, second);
        changes.link(A, null, new TreeRef(5, new byte[32], 1));
        assertNotSame(second, changes.tree(A, null));
    }

    @Test
    void mayGrowAfterTheyWereRead() {
        changes.put(B, null, A);
        assertEquals(1, changes.whole().size());
        changes.put(A, null, A);
        assertEquals(2, changes.whole().size());
        assertSame(A, changes.whole().get(0).key());
    }
}
