/**
 * The command {@code dacite}: verbs, flags, exit codes, tables, progress.
 *
 * <p>Knows: what a person types and reads, what a script reads ({@code --json}), which exit code an outcome has. Must not
 * know: a hash rule, a table of the store.
 *
 * <p>One class a verb, made only when it is the one that was asked for; what a small verb does not need (files of records,
 * JSON, progress) is loaded by nobody else, so that {@code get} starts fast, and {@code check} touches neither store nor
 * database.
 *
 * <p>Threads: one command, one thread; {@link org.dacite.cli.Main#run} may be called from many. Errors: a verb throws, and
 * {@link org.dacite.cli.Main} turns that into one line and an exit code; "the answer is no" is an exit code that the verb
 * returns.
 */
package org.dacite.cli;
