package org.dacite.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.store.HistoryCounts;
import org.dacite.store.Revision;
import org.dacite.store.RowCounts;
import org.dacite.store.Store;
import picocli.CommandLine.Command;

@Command(
        name = "stats",
        description = "Says what the store is made as, how many rows it has and what it takes on disk.",
        customSynopsis = "dacite stats",
        footer = "  dacite stats --json",
        sortOptions = false)
final class StatsVerb implements Verb {
    @Override
    public int run(Session session) {
        try (Dacite dacite = Stores.toRead(session)) {
            Map<String, Object> facts = facts(dacite);
            if (session.json()) {
                Json document = Json.object();
                facts.forEach(document::with);
                session.line(document);
                return ExitCode.DONE;
            }
            for (Map.Entry<String, Object> fact : facts.entrySet()) {
                Object value = fact.getValue();
                String shown = value instanceof Long count
                        ? String.format(Locale.ROOT, "%,d", count)
                        : value == null ? "-" : value.toString();
                session.line(
                        String.format(Locale.ROOT, "%-15s %s", fact.getKey().replace('_', ' '), Text.escaped(shown)));
            }
            return ExitCode.DONE;
        }
    }

    private static Map<String, Object> facts(Dacite dacite) {
        Store store = dacite.store();
        RowCounts rows = store.counts();
        HistoryCounts counts = HistoryCounts.of(store);
        boolean empty = dacite.branches().isEmpty();
        Long leavesAtHead =
                dacite.branch(Branch.MAIN).head().map(Revision::leafCount).orElse(empty ? 0L : null);
        long bytes = store.sizeBytes();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("engine", store.engine());
        facts.put("place", store.place());
        facts.put("format", store.format().version());
        facts.put("hash", store.format().hash().label());
        facts.put("keys", store.format().keyCodec());
        facts.put("indexes", store.indexes().label());
        facts.put("revisions", rows.revisions());
        facts.put("branches", counts.branches());
        facts.put("tags", counts.tags());
        facts.put("pruned", counts.pruned());
        facts.put("logs", counts.logs());
        facts.put("vertices", rows.vertices());
        facts.put("leaves", rows.leaves());
        facts.put("deletions", rows.deletions());
        facts.put("leaves_at_head", leavesAtHead);
        facts.put("trees", rows.trees());
        facts.put("bytes", bytes);
        facts.put("bytes_a_leaf", rows.leaves() == 0 ? null : Math.round(10.0 * bytes / rows.leaves()) / 10.0);
        return facts;
    }
}
