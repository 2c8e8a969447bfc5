package org.dacite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.query.NamedQuery;
import org.dacite.query.Queries;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueryCostsTest {
    /** Sound stores have no orphans. */
    private static final Set<String> SILENT = Set.of("orphans");

    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyQueryHasItsFigure(Engine engine) {
        try (TestStore place = engine.fresh()) {
            BenchOptions.Engine label =
                    engine == Engine.SQLITE ? BenchOptions.Engine.SQLITE : BenchOptions.Engine.POSTGRESQL;
            String where = engine == Engine.SQLITE ? "" : place.url().replaceFirst("[?&]currentSchema=\\w+", "");
            QueryReport report = QueryCosts.run(
                    BenchOptions.builder()
                            .engine(label)
                            .store(where.contains("?") ? where : where.replaceFirst("&", "?"))
                            .hash(QueryCosts.hashOf(label))
                            .leaves(2_000)
                            .batch(1_000)
                            .commits(4)
                            .changes(20)
                            .build(),
                    line -> {});
            Map<String, QueryReport.Cost> costs =
                    report.costs().stream().collect(Collectors.toMap(QueryReport.Cost::name, each -> each));
            List<NamedQuery> queries = Queries.list().stream()
                    .filter(each -> each.texts().containsKey(label.label()))
                    .toList();
            assertEquals(queries.stream().map(NamedQuery::name).collect(Collectors.toSet()), costs.keySet());
            for (QueryReport.Cost each : report.costs()) {
                assertTrue(each.rows() > 0 || SILENT.contains(each.name()), each::toString);
                assertTrue(each.millis().dacite() > 0 && each.millis().plain().orElseThrow() > 0, each::toString);
            }
            assertEquals(2_000 + 4 * 10 + 1_000, report.leaves());
            assertEquals(report.leaves(), costs.get("state").rows());
            long differ = costs.get("diff").rows(); // a key may have changed twice
            assertTrue(differ > 4 * 10 + 1_000 && differ <= 4 * 20 + 1_000, () -> "differ: " + differ);
            assertEquals(1_000, costs.get("ls").rows());
            assertTrue(report.toString().lines().count() > queries.size());
        }
    }
}
