package org.dacite.cli;

import java.util.Map;
import java.util.stream.Collectors;
import org.dacite.history.Dacite;
import org.dacite.store.FieldViews;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "view",
        description = {
            "Declares views in which fields of values that are JSON objects are typed columns.",
            "Each has the columns revision, tree and key, the fields, and is_object; ask for one revision. A field",
            "that is not there, or not of its type, is null; list counts those that are not of their type."
        },
        customSynopsis = "dacite view [create NAME --fields NAME:TYPE[,NAME:TYPE…] | drop NAME | list [--at REV]]",
        footer = {
            "  dacite view create accounts --fields balance:numeric,nonce:bigint",
            "  dacite sql \"select key, balance from accounts where revision = :revision\" --at main~1"
        },
        sortOptions = false)
final class ViewVerb implements Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "DEED", description = "create, drop or list (default: list).")
    private String deed = "list";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The view.")
    private String name;

    @Option(
            names = "--fields",
            paramLabel = "NAME:TYPE,…",
            description = "Its fields; the types are text, bigint, numeric, double, boolean, timestamp, date and json.")
    private String fields;

    @Option(names = "--at", paramLabel = "REV", description = "Where values are counted (default: the head of main).")
    private String at;

    @Override
    public int run(Session session) {
        if (deed.equals("list") && name == null && fields == null) {
            list(session);
            return ExitCode.DONE;
        }
        boolean makes = deed.equals("create");
        if ((!makes && !deed.equals("drop")) || name == null || makes != (fields != null) || at != null) {
            throw new UsageException("expected 'view create NAME --fields …', 'view drop NAME' or 'view list', got '"
                    + deed + (name == null ? "" : " " + name) + "'"
                    + (makes && fields == null ? " and no --fields" : ""));
        }
        try (Dacite dacite = Stores.toWrite(session)) {
            FieldViews views = new FieldViews(dacite.store());
            if (makes) {
                views.create(name, FieldViews.parse(fields));
            } else {
                views.drop(name);
            }
            if (session.json()) {
                session.line(Json.object().with("view", name).with("deed", deed));
            } else {
                session.line((makes ? "view " + name + ": " + fields : "dropped view " + name));
            }
        }
        return ExitCode.DONE;
    }

    private void list(Session session) {
        try (Dacite dacite = Stores.toRead(session)) {
            FieldViews views = new FieldViews(dacite.store());
            Map<String, String> all = views.list();
            if (all.isEmpty()) {
                if (!session.json()) {
                    session.remark("no views yet");
                }
                return;
            }
            Revision revision = Stores.committed(dacite, at);
            dacite.at(revision).close();
            Table table = session.table("view", "fields", "revision", "keys", "no objects", "not of type");
            all.forEach((view, declared) -> {
                FieldViews.Count count = views.count(revision.id(), declared);
                if (session.json()) {
                    session.line(Json.object()
                            .with("view", view)
                            .with("fields", declared)
                            .with("revision", revision.id())
                            .with("keys", count.keys())
                            .with("no_objects", count.others())
                            .with("not_of_type", ill(count)));
                } else {
                    table.row(view, declared, revision.id(), count.keys(), count.others(), words(count));
                }
            });
            table.end();
        }
    }

    private static Json ill(FieldViews.Count count) {
        Json fields = Json.object();
        count.ill().forEach(fields::with);
        return fields;
    }

    /** {@code balance 2, nonce 1}. */
    private static String words(FieldViews.Count count) {
        return count.ill().entrySet().stream()
                .filter(field -> field.getValue() > 0)
                .map(field -> field.getKey() + " " + field.getValue())
                .collect(Collectors.joining(", "));
    }
}
