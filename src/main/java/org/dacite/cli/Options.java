package org.dacite.cli;

import static picocli.CommandLine.ScopeType.INHERIT;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that every verb has, before or after its own arguments. Filled for one run. */
@Command(
        name = "dacite",
        description = "A versioned Merkle-patricia key-value store that lives in SQL.",
        customSynopsis = "dacite COMMAND [ARGUMENTS] [OPTIONS]",
        sortOptions = false)
final class Options {
    @Option(
            names = "--store",
            scope = INHERIT,
            paramLabel = "PATH|URL",
            description =
                    "The store: a path, or a URL jdbc:postgresql://…; else the variable DACITE_STORE, else dacite.db.")
    String store;

    @Option(names = "--json", scope = INHERIT, description = "Answer in JSON, one document or one object a line.")
    boolean json;

    @Option(
            names = "--progress",
            scope = INHERIT,
            paramLabel = "auto|bar|json|none",
            description =
                    "How long work tells on standard error how far it is: a bar on a terminal (auto), or JSON lines.")
    String progress = "auto";

    @Option(names = "--verbose", scope = INHERIT, description = "Add the stack trace to an error.")
    boolean verbose;

    @Option(
            names = "--wait",
            scope = INHERIT,
            paramLabel = "MILLIS",
            description = "How long to wait for another writer (default 30000).")
    Integer waitMillis;

    @Option(
            names = "--synchronous",
            scope = INHERIT,
            paramLabel = "full|normal",
            description = "When a commit counts as durable: full (the default) survives a power cut at once.")
    String synchronous;

    @Option(names = "--cache", scope = INHERIT, paramLabel = "MIB", description = "Memory for the cache of nodes.")
    Long cacheMebibytes;

    @Option(
            names = {"-h", "--help"},
            scope = INHERIT,
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    /** The options that say how a store is worked with, for another store. */
    Options copy() {
        Options copy = new Options();
        copy.store = store;
        copy.json = json;
        copy.progress = progress;
        copy.verbose = verbose;
        copy.waitMillis = waitMillis;
        copy.synchronous = synchronous;
        copy.cacheMebibytes = cacheMebibytes;
        return copy;
    }

    @Option(
            names = {"-V", "--version"},
            description = "Show the version.")
    boolean version;
}
