package org.dacite.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.dacite.hashing.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TezosTextTest {
    private static final String TEXT = "CoWHVKM5r2eiHQxhicqakkr5FwJfabahGBwCCWzRPCNPs79CoZty";

    @Test
    void everyHashHasATextThatBeginsWithCoAndIsReadBack() {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[32];
            if (i > 1) {
                random.nextBytes(bytes);
            } else if (i == 1) {
                java.util.Arrays.fill(bytes, (byte) 0xff);
            }
            String text = TezosText.of(Digest.of(bytes));
            assertTrue(text.startsWith("Co") && TezosText.looksLike(text), text);
            assertEquals(Digest.of(bytes), TezosText.parse(text));
        }
    }

    @Test
    void aSingleWrongCharacterIsFound() {
        for (int i = 0; i < TEXT.length(); i++) {
            String wrong = TEXT.substring(0, i) + (TEXT.charAt(i) == 'x' ? 'y' : 'x') + TEXT.substring(i + 1);
            assertThrows(IllegalArgumentException.class, () -> TezosText.parse(wrong), wrong);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Co",
                "CoWHVKM5r2eiHQxhicqakkr5FwJfabahGBwCCWzRPCNPs79CoZt",
                "CoWHVKM5r2eiHQxhicqakkr5FwJfabahGBwCCWzRPCNPs79CoZtyy",
                "CoWHVKM5r2eiHQxhicqakkr5FwJfabahGBwCCWzRPCNPs79CoZt0",
                "CoWHVKM5r2eiHQxhicqakkr5FwJfabahGBwCCWzRPCNPs79CoZt ",
                "1111111111111111111111111111111111111111111111111111",
                "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "BL111111111111111111111111111111111111111111111111111"
            })
    void whatIsNoTextIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> TezosText.parse(text));
    }
}
