package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.dacite.bits.KeyCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreePathTest {
    private static List<String> names(String path) {
        return TreePath.parse(path, KeyCodec.text()).stream()
                .map(KeyCodec::showBytes)
                .toList();
    }

    @Test
    void slashesDivideAndBackslashesProtect() {
        assertEquals(List.of("a"), names("a"));
        assertEquals(List.of("a", "b c", "d"), names("a/b c/d"));
        assertEquals(List.of("a/b", "c\\", "\\d"), names("a\\/b/c\\\\/\\d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "a\\/b/c", "a\\\\/b"})
    void whatIsShownIsReadAgain(String path) {
        assertEquals(path, TreePath.show(TreePath.parse(path, KeyCodec.text()), KeyCodec.text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/", "/a", "a//b"})
    void emptyNamesAreRefused(String path) {
        assertThrows(UsageException.class, () -> names(path));
    }
}
