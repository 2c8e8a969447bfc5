package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dacite.reference.ReferenceMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The roots that canonical-form.md states. */
class TreeVectorsTest {
    @ParameterizedTest
    @MethodSource("org.dacite.reference.ReferenceVectorsTest#vectors")
    void hasTheRootsOfTheCanonicalForm(ReferenceMap map, String root) {
        assertEquals(root, TestTree.of(map).root());
    }
}
