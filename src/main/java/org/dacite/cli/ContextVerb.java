package org.dacite.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "context",
        description = {
            "Directories and values at paths, git-like: staged changes, commits, checkouts.",
            "What is staged survives between commands, in a staging area of the store."
        },
        customSynopsis = "dacite context COMMAND [ARGUMENTS] [OPTIONS]",
        footer = {"  dacite context set contracts/alice 10", "  dacite context commit --author me -m \"first coins\""},
        sortOptions = false)
final class ContextVerb implements VerbFamily {
    @Override
    public List<String> names() {
        return List.of(
                "set",
                "get",
                "mem",
                "dmem",
                "copy",
                "delete",
                "list",
                "tree",
                "status",
                "back",
                "commit",
                "hash",
                "checkout",
                "log",
                "replay");
    }

    @Override
    public Verb make(String name) {
        return switch (name) {
            case "set" -> new ContextSetVerb();
            case "get" -> new ContextGetVerb();
            case "mem" -> new ContextMemVerb();
            case "dmem" -> new ContextDmemVerb();
            case "copy" -> new ContextCopyVerb();
            case "delete" -> new ContextDeleteVerb();
            case "list" -> new ContextListVerb();
            case "tree" -> new ContextTreeVerb();
            case "status" -> new ContextStatusVerb();
            case "back" -> new ContextBackVerb();
            case "commit" -> new ContextCommitVerb();
            case "hash" -> new ContextHashVerb();
            case "checkout" -> new ContextCheckoutVerb();
            case "log" -> new ContextLogVerb();
            case "replay" -> new ContextReplayVerb();
            default -> throw new IllegalArgumentException("expected a command of 'context', got '" + name + "'");
        };
    }

    @Override
    public int run(Session session) {
        throw new UsageException("expected a command of 'dacite context', one of "
                + names().stream().collect(Collectors.joining(", ")) + ", got none");
    }
}
