package org.dacite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That both sides answer the same is seen to by the bench itself, whose rows come from the state and from a plain table. */
class AnalystCostsTest {
    private static final List<String> QUESTIONS = List.of(
            AnalystReport.KEY,
            AnalystReport.PREFIX,
            AnalystReport.PREFIX_TEXT,
            AnalystReport.VALUES,
            AnalystReport.COUNT);

    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyQuestionHasItsFigures(Engine engine) {
        try (TestStore place = engine.fresh()) {
            boolean sqlite = engine == Engine.SQLITE;
            String where = sqlite ? "" : place.url().replaceFirst("[?&]currentSchema=\\w+", "");
            AnalystReport report = AnalystCosts.run(
                    BenchOptions.builder()
                            .engine(sqlite ? BenchOptions.Engine.SQLITE : BenchOptions.Engine.POSTGRESQL)
                            .store(where.contains("?") ? where : where.replaceFirst("&", "?"))
                            .leaves(1_900)
                            .batch(1_000)
                            .commits(4)
                            .changes(20)
                            .build(),
                    line -> {});
            assertEquals(6, report.revisions());
            assertEquals(1_900 + 3 * 10, report.leaves());
            List<String> plain = sqlite ? List.of("rowid", "without rowid") : List.of("heap");
            assertEquals(
                    QUESTIONS.stream()
                            .flatMap(question -> plain.stream().map(each -> question + ", " + each))
                            .toList(),
                    report.costs().stream()
                            .map(each -> each.question() + ", " + each.plain())
                            .toList());
            for (AnalystReport.Cost each : report.costs()) {
                long rows = each.question().startsWith(AnalystReport.PREFIX)
                        ? report.leaves()
                        : 1; // one prefix for so few keys
                assertEquals(rows, each.rows(), each::toString);
                assertTrue(each.micros().dacite() > 0 && each.micros().plain().orElseThrow() > 0, each::toString);
            }
            assertEquals(3 + report.costs().size(), report.toString().lines().count());
            assertTrue(report.toMap().get("questions") instanceof List<?> each
                    && each.size() == report.costs().size());
        }
    }
}
