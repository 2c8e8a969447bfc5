/**
 * Hierarchical paths over linked trees: a git-like state of directories and values with staged changes, commits and
 * checkouts, and the hashes of the Tezos context beside the store's own.
 *
 * <p>Knows: the rules of the context ({@code docs/context.md}), which bytes Tezos hashes for a value, a directory and a
 * commit, and what of that is remembered so that a commit hashes what it changed. Must not know: SQL, the command line,
 * how a commit row is written.
 *
 * <p>Threads: a {@link org.dacite.context.Context} and what hashes belong to one thread each; values are immutable. Errors:
 * misuse, and names that Tezos cannot hash, are an {@link IllegalArgumentException}; a missing path is an empty value, an
 * empty list or {@code false}.
 */
package org.dacite.context;
