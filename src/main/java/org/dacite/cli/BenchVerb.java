package org.dacite.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dacite.bench.AnalystCosts;
import org.dacite.bench.AnalystReport;
import org.dacite.bench.Bench;
import org.dacite.bench.BenchOptions;
import org.dacite.bench.BenchReport;
import org.dacite.bench.Growth;
import org.dacite.bench.GrowthReport;
import org.dacite.bench.PlainOrder;
import org.dacite.bench.PlainTable;
import org.dacite.bench.QueryCosts;
import org.dacite.bench.QueryReport;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.store.IndexLevel;
import org.dacite.store.Synchronous;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "bench",
        description = {
            "Times the same work on Dacite and on a plain table, and prints both and their ratio.",
            "Both sides have the same engine and settings. Everything is made in a temporary folder, or in two schemas of its own, and removed again."
        },
        customSynopsis = "dacite bench [--engine sqlite|postgresql] [OPTIONS]",
        footer = "  dacite bench --indexes none --runs 5",
        sortOptions = false)
final class BenchVerb implements Verb {
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final int ANALYSTS_LEAVES = 1_000_000;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "sqlite (in the folder --store, or a temporary one) or postgresql (in the database --store).")
    private String engine;

    @Option(names = "--indexes", paramLabel = "LEVEL", description = "none, leaves (the default) or all.")
    private String indexes;

    @Option(names = "--hash", paramLabel = "NAME", description = "sha256 (the default), sha3-256 or blake2b-256.")
    private String hash;

    @Option(
            names = {"--records", "--leaves"},
            paramLabel = "N",
            description = "How many records are loaded (default 100000, with --analysts 1000000).")
    private Integer leaves;

    @Option(names = "--batch", paramLabel = "N", description = "How many a commit of the load takes (default 10000).")
    private Integer batch;

    @Option(names = "--commits", paramLabel = "N", description = "How many commits follow (default 100).")
    private Integer commits;

    @Option(names = "--changes", paramLabel = "N", description = "How many changes each takes (default 1000).")
    private Integer changes;

    @Option(names = "--gets", paramLabel = "N", description = "How many keys are read (default 100000).")
    private Integer gets;

    @Option(names = "--proofs", paramLabel = "N", description = "How many proofs are made (default 20000).")
    private Integer proofs;

    @Option(names = "--singles", paramLabel = "N", description = "How many commits of one change (default 200).")
    private Integer singles;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Leaves of a first run that counts for nothing (default 20000).")
    private Integer warmUp;

    @Option(
            names = "--plain-table",
            paramLabel = "LAYOUT",
            description = "SQLite's plain table: clustered by key (without rowid, the default), or rowid.")
    private String plainTable;

    @Option(
            names = "--plain-order",
            paramLabel = "ORDER",
            description = "How the plain table gets its rows: in order of arrival (the default), or sorted by key.")
    private String plainOrder;

    @Option(
            names = "--prune",
            description = "Prunes at the end, beside a thread that commits, and tells how long both took.")
    private boolean prune;

    @Option(
            names = "--profile",
            description = "Tells where the time of the load and the commits goes, by samples of the threads' stacks.")
    private boolean profile;

    @Option(
            names = "--growth",
            description = "Tells instead what a change costs at 10,000 leaves, 100,000 and so on up to --records.")
    private boolean growth;

    @Option(
            names = "--queries",
            description = {
                "Tells instead what each named query costs on --records and --commits, beside a plain table.",
                "The hash is then the one that the engine's shell can make, unless --hash says otherwise."
            })
    private boolean queries;

    @Option(
            names = "--analysts",
            description = {
                "Tells instead what a key, a prefix and counts of the state cost through the relation state_at",
                "at the revision half way through --commits, beside plain tables of the same rows."
            })
    private boolean analysts;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draws what --growth found, as SVG, into a file.")
    private Path plot;

    @Option(names = "--seed", paramLabel = "N", description = "What values and choices are made from.")
    private Long seed;

    @Option(names = "--runs", paramLabel = "N", description = "How often all is repeated; medians are printed.")
    private Integer runs;

    @Override
    public int run(Session session) {
        if (Stream.of(growth, queries, analysts).filter(each -> each).count() > 1) {
            throw new UsageException("expected one of --growth, --queries and --analysts, got more");
        }
        if (growth) {
            return grow(session);
        }
        if (queries) {
            QueryReport report = QueryCosts.run(options(session.options()), session::remark);
            return show(session, report.toMap(), report.toString());
        }
        if (analysts) {
            AnalystReport report = AnalystCosts.run(options(session.options()), session::remark);
            return show(session, report.toMap(), report.toString());
        }
        if (plot != null) {
            throw new UsageException("expected --growth beside --plot, got none; there is nothing else to draw");
        }
        BenchReport report = Bench.run(options(session.options()), session::remark);
        return show(session, report.toMap(), report.toString());
    }

    private int grow(Session session) {
        GrowthReport report = Growth.run(options(session.options()), session::remark);
        if (plot != null) {
            try {
                Files.writeString(plot, report.toSvg());
            } catch (IOException e) {
                throw new UsageException("expected a file that can be written at " + plot + ": " + e.getMessage(), e);
            }
        }
        return show(session, report.toMap(), report.toString());
    }

    private static int show(Session session, Map<?, ?> document, String table) {
        if (session.json()) {
            session.line(json(document));
        } else {
            session.line(table.stripTrailing());
        }
        return ExitCode.DONE;
    }

    private BenchOptions options(Options common) {
        BenchOptions.Builder builder = BenchOptions.builder();
        boolean url = common.store != null && common.store.startsWith(POSTGRESQL);
        builder.engine(BenchOptions.Engine.labelled(engine != null ? engine : url ? "postgresql" : "sqlite"));
        if (common.store != null) {
            builder.store(common.store);
        }
        if (common.synchronous != null) {
            builder.synchronous(Synchronous.labelled(common.synchronous));
        }
        if (common.cacheMebibytes != null) {
            builder.cacheMib(Math.toIntExact(common.cacheMebibytes));
        }
        if (indexes != null) {
            builder.indexes(IndexLevel.labelled(indexes));
        }
        if (hash != null) {
            builder.hash(HashAlgorithm.labelled(hash));
        } else if (queries) {
            builder.hash(QueryCosts.hashOf(builder.build().engine()));
        }
        if (leaves != null) {
            builder.leaves(leaves);
        } else if (analysts) {
            builder.leaves(ANALYSTS_LEAVES);
        }
        if (batch != null) {
            builder.batch(batch);
        }
        if (commits != null) {
            builder.commits(commits);
        }
        if (changes != null) {
            builder.changes(changes);
        }
        if (gets != null) {
            builder.gets(gets);
        }
        if (proofs != null) {
            builder.proofs(proofs);
        }
        if (singles != null) {
            builder.singles(singles);
        }
        if (warmUp != null) {
            builder.warmUp(warmUp);
        }
        if (plainTable != null) {
            builder.plainTable(PlainTable.labelled(plainTable));
        }
        if (plainOrder != null) {
            builder.plainOrder(PlainOrder.labelled(plainOrder));
        }
        builder.prune(prune).profile(profile);
        if (seed != null) {
            builder.seed(seed);
        }
        if (runs != null) {
            builder.runs(runs);
        }
        return builder.build();
    }

    private static Json json(Map<?, ?> facts) {
        Json document = Json.object();
        facts.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                document.withRaw(name.toString(), json(inner).toString());
            } else if (value instanceof List<?> each) {
                document.with(
                        name.toString(),
                        each.stream().map(member -> json((Map<?, ?>) member)).toList());
            } else {
                document.with(name.toString(), value);
            }
        });
        return document;
    }
}
