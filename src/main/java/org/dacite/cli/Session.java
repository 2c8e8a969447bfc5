package org.dacite.cli;

import java.util.List;
import org.dacite.bits.KeyCodec;

/** What a verb works with: the console and the common options. Knows no store; {@link Stores} opens one. */
final class Session {
    private static final String STORE_VARIABLE = "DACITE_STORE";
    private static final String STORE_DEFAULT = "dacite.db";

    private final Console console;
    private final Options options;

    Session(Console console, Options options) {
        this.console = console;
        this.options = options;
    }

    Console console() {
        return console;
    }

    Options options() {
        return options;
    }

    boolean json() {
        return options.json;
    }

    /** The same session, about another store. */
    Session at(String place) {
        Options other = options.copy();
        other.store = place;
        return new Session(console, other);
    }

    /** Where the store is, by the option, the environment or the default. */
    String place() {
        if (options.store != null) {
            return options.store;
        }
        String variable = System.getenv(STORE_VARIABLE);
        return variable == null || variable.isEmpty() ? STORE_DEFAULT : variable;
    }

    /** Writes a line of the answer. */
    void line(String line) {
        console.line(line);
    }

    void line(Json document) {
        console.line(document.toString());
    }

    /** Tells a person something that is no part of the answer. */
    void remark(String line) {
        console.errLine(Text.oneLine(line));
    }

    Table table(String... headers) {
        return new Table(console, headers);
    }

    /** The names of a tree, as {@code --tree} takes them; null: the top tree. */
    static List<byte[]> trees(String path, KeyCodec codec) {
        return path == null ? List.of() : TreePath.parse(path, codec);
    }
}
