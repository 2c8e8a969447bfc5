package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console =
            new Console(InputStream.nullInputStream(), new PrintStream(out), new PrintStream(out), false, false);

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void alignsNumbersToTheRightAndTheRestToTheLeft() {
        Table table = new Table(console, "n", "word", "rest");
        table.row(5, "a", "x");
        table.row(1234, "longer", "");
        assertEquals(2, table.end());
        assertEquals(List.of("   n  word    rest", "   5  a       x", "1234  longer"), lines());
    }

    @Test
    void leavesOutEmptyColumnsUntilTheyAreNot() {
        Table table = new Table(console, "tree", "key");
        for (int i = 0; i < 600; i++) {
            table.row(null, "k" + i);
        }
        table.row("t", "last");
        table.end();
        assertEquals("key", lines().get(0));
        assertEquals(List.of("k599", "tree  key", "t     last"), lines().subList(600, 603));
    }

    @Test
    void keepsARowOnOneLine() {
        Table table = new Table(console, "value");
        table.row("a\nb\tc\u001b[31m\u202e\u2028é𝄞");
        table.end();
        assertEquals("a\\nb\\tc\\u001b[31m\\u202e\\u2028é𝄞", lines().get(1));
    }

    @Test
    void showsNoHeaderWithoutRows() {
        assertEquals(0, new Table(console, "a").end());
        assertEquals(List.of(), lines());
    }
}
