package org.dacite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.store.IndexLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guards what a change costs, by counts alone: the same work from the same seed takes as many rows and digests for ever. */
class GrowthTest {
    private static final int COMMITS = 4;
    private static final int CHANGES = 500;

    /** Vertices and leaves that those commits write. */
    private static final long ROWS = 11_620;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aChangeCostsAsManyRowsAndDigestsAsEver(Engine engine) {
        try (TestStore place = engine.fresh()) {
            GrowthReport report = Growth.run(options(engine, place).build(), line -> {});

            GrowthReport.Step step = report.steps().get(0);
            assertEquals(10_000, step.leaves());
            assertEquals(ROWS, step.rows() * COMMITS * CHANGES, 1e-6, report::toString);
            assertEquals(
                    ROWS + 2 * COMMITS,
                    step.hashes() * COMMITS * CHANGES,
                    1e-6,
                    () -> "a digest a row, one for each root and each revision: " + report);
            assertEquals(0, step.read(), "a warm commit reads nothing");
            int bytesARow = engine == Engine.SQLITE ? 95 : 165;
            assertTrue(step.bytes() < bytesARow * step.rows(), report::toString);
        }
    }

    /** A cache that holds a tenth of the tree must not make a commit read it all anew. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void aSmallCacheReadsNoMoreThanTheAncestorsOfItsChanges(Engine engine) {
        try (TestStore place = engine.fresh()) {
            GrowthReport report = Growth.run(options(engine, place).cacheMib(1).build(), line -> {});

            GrowthReport.Step step = report.steps().get(0);
            assertEquals(ROWS, step.rows() * COMMITS * CHANGES, 1e-6, report::toString);
            assertTrue(step.read() > 0 && step.read() < 2 * step.rows() + 1, report::toString);
        }
    }

    @Test
    void drawsWhatItFound() throws Exception {
        List<GrowthReport.Step> steps = List.of(
                new GrowthReport.Step(10_000, 5, 5.1, 0, 400, 20, 15, 1 << 20),
                new GrowthReport.Step(100_000, 8.3, 8.4, 0.5, 600, 30, 25, 2 << 20));
        GrowthReport report = new GrowthReport(BenchOptions.builder().build(), steps);

        var picture = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(report.toSvg().getBytes(StandardCharsets.UTF_8)));
        assertEquals("svg", picture.getDocumentElement().getTagName());
        assertEquals(4, picture.getElementsByTagName("g").getLength());
        assertEquals(8, picture.getElementsByTagName("circle").getLength());
        List<?> sizes = (List<?>) report.toMap().get("growth");
        assertEquals(8.3, ((Map<?, ?>) sizes.get(1)).get("rows"));
        assertTrue(report.toString().contains("100,000"), report::toString);
    }

    @Test
    void refusesToGrowToLessThanItBeginsWith() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Growth.run(BenchOptions.builder().leaves(9_999).build(), line -> {}));
    }

    private static BenchOptions.Builder options(Engine engine, TestStore place) {
        return BenchOptions.builder()
                .engine(BenchOptions.Engine.valueOf(engine.name()))
                .store(
                        engine == Engine.SQLITE
                                ? Path.of(place.url()).getParent().toString()
                                : place.url())
                .indexes(IndexLevel.NONE)
                .leaves(10_000)
                .batch(5_000)
                .commits(COMMITS)
                .changes(CHANGES);
    }
}
