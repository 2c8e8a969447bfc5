package org.dacite.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dacite.history.Dacite;
import org.dacite.query.NamedQuery;
import org.dacite.query.Queries;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "query",
        description = {
            "Asks a named question in SQL; without a name, lists the questions.",
            "The parameter 'revision' is that of --at; 'from' is a revision too, by any of its names."
        },
        customSynopsis = "dacite query [NAME [-p NAME=VALUE …]] [--at REV] [--tree NAME[/NAME…]] [--limit N] [-o FILE]",
        footer = {
            "  dacite query history -p key=alice",
            "  dacite query depths --at main~1 --json",
            "  dacite query diff -p from=main~1"
        },
        sortOptions = false)
final class QueryVerb implements Verb {
    private static final String REVISION = "revision";

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The question.")
    private String name;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "What the question must be given.")
    private Map<String, String> given = Map.of();

    @Option(names = "--at", paramLabel = "REV", description = "At a revision (default: the head of main).")
    private String at;

    @Option(names = "--tree", paramLabel = "NAME[/NAME…]", description = "The tree that the keys are in.")
    private String tree;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long it may take (default: 60).")
    private int timeoutSeconds = SqlVerb.TIMEOUT_SECONDS;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many rows (default: all).")
    private Long limit;

    @Mixin
    private RowOptions rows;

    @Override
    public int run(Session session) throws IOException {
        if (name == null) {
            list(session);
            return ExitCode.DONE;
        }
        long most = Limit.of(limit, Long.MAX_VALUE);
        NamedQuery query = Queries.named(name);
        try (Dacite dacite = Stores.toRead(session)) {
            List<byte[]> trees = Session.trees(tree, dacite.codec());
            Map<String, String> parameters = new LinkedHashMap<>(given);
            for (NamedQuery.Parameter parameter : query.parameters()) {
                String revision =
                        given.getOrDefault(parameter.name(), parameter.name().equals(REVISION) ? at : null);
                if (parameter.isRevision()
                        && (revision != null || parameter.name().equals(REVISION))) {
                    parameters.put(parameter.name(), id(dacite, revision));
                }
            }
            Answer.show(
                    session, rows, most, each -> query.run(dacite.store(), parameters, trees, timeoutSeconds, each));
            return ExitCode.DONE;
        }
    }

    private static String id(Dacite dacite, String name) {
        return Long.toString(Stores.committed(dacite, name).id());
    }

    private static void list(Session session) {
        Table table = session.table("name", "parameters", "what it answers");
        for (NamedQuery query : Queries.list()) {
            if (session.json()) {
                session.line(Json.object()
                        .with("name", query.name())
                        .with("sentence", query.sentence())
                        .with(
                                "parameters",
                                query.parameters().stream()
                                        .map(each -> described(
                                                each.name(), each.type().label(), each.doc()))
                                        .toList())
                        .with(
                                "columns",
                                query.columns().stream()
                                        .map(each -> described(each.name(), each.type(), each.doc()))
                                        .toList()));
            } else {
                String parameters = query.parameters().stream()
                        .map(NamedQuery.Parameter::name)
                        .collect(Collectors.joining(", "));
                table.row(query.name(), parameters, query.sentence());
            }
        }
        table.end();
    }

    private static Json described(String name, String type, String doc) {
        return Json.object().with("name", name).with("type", type).with("doc", doc);
    }
}
