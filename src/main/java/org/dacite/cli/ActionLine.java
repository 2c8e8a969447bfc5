package org.dacite.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.dacite.bits.KeyCodec;
import org.dacite.context.Action;
import org.dacite.context.ContextPath;
import org.dacite.hashing.Digest;

/**
 * A line of a log of actions: a JSON object with the line's number {@code n} and one action ({@code docs/context.md}).
 * Immutable.
 *
 * @param number the number that it says it has
 * @param action the action
 */
record ActionLine(long number, Action action) {
    private static final int MAX_CHARS = 1 << 27;

    /** The members of each action, by the one that names it, beside {@code n}. */
    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "set", Set.of("value"),
            "delete", Set.of(),
            "copy", Set.of("to"),
            "checkout", Set.of(),
            "commit", Set.of("root", "tezos", "time", "author", "message", "prints"));

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(MAX_CHARS).build())
            .build();

    /** The line. */
    String text() {
        Json json = Json.object().with("n", number);
        if (action instanceof Action.Set set) {
            json.with("set", set.path()).with("value", shown(set.value()));
        } else if (action instanceof Action.Delete delete) {
            json.with("delete", delete.path());
        } else if (action instanceof Action.Copy copy) {
            json.with("copy", copy.from()).with("to", copy.to());
        } else if (action instanceof Action.Checkout checkout) {
            json.with("checkout", checkout.hash());
        } else if (action instanceof Action.Commit commit) {
            Json prints = Json.object();
            commit.expected().prints().forEach((path, print) -> prints.with(path.toString(), print));
            json.with("commit", commit.expected().hash().orElse(null))
                    .with("root", commit.expected().root().orElse(null))
                    .with("tezos", commit.expected().tezos().orElse(null))
                    .with("time", commit.timeSeconds())
                    .with("author", commit.author())
                    .with("message", commit.message())
                    .with("prints", prints);
        }
        return json.toString();
    }

    /** Bytes as {@link KeyCodec#parseBytes} reads them back: text that begins with 0x is hexadecimal too. */
    private static String shown(byte[] value) {
        String text = KeyCodec.showBytes(value);
        boolean ambiguous = value.length >= 2 && value[0] == '0' && value[1] == 'x';
        return ambiguous ? "0x" + HexFormat.of().formatHex(value) : text;
    }

    /** Reads a line; a {@link BadRecordException} with its place in the file says what is wrong with it. */
    static ActionLine parse(String text, long line) {
        Map<String, Object> members = members(text, line);
        checkNames(members.keySet(), line);
        if (!(members.get("n") instanceof Long number)) {
            throw new BadRecordException(line, "expected a number 'n', the line's own, got none");
        }
        try {
            return new ActionLine(number, action(members, line));
        } catch (IllegalArgumentException e) {
            throw e instanceof BadRecordException ? e : new BadRecordException(line, e.getMessage());
        }
    }

    private static void checkNames(Set<String> names, long line) {
        Set<String> allowed = new HashSet<>(Set.of("n"));
        for (String name : names) {
            if (MEMBERS.containsKey(name)) {
                allowed.add(name);
                allowed.addAll(MEMBERS.get(name));
                break;
            }
        }
        for (String name : names) {
            if (!allowed.contains(name) && allowed.size() > 1) {
                throw new BadRecordException(line, "expected the members of one action, got another, '" + name + "'");
            }
        }
    }

    private static Action action(Map<String, Object> members, long line) {
        if (members.containsKey("set")) {
            return new Action.Set(path(members, "set", line), KeyCodec.parseBytes(text(members, "value", line)));
        }
        if (members.containsKey("delete")) {
            return new Action.Delete(path(members, "delete", line));
        }
        if (members.containsKey("copy")) {
            return new Action.Copy(path(members, "copy", line), path(members, "to", line));
        }
        if (members.containsKey("checkout")) {
            return new Action.Checkout(Digest.parse(text(members, "checkout", line)));
        }
        if (!members.containsKey("commit")) {
            throw new BadRecordException(line, "expected one of set, delete, copy, checkout and commit, got none");
        }
        if (!(members.get("time") instanceof Long time)) {
            throw new BadRecordException(line, "expected a number 'time', in seconds since 1970, got none");
        }
        Map<ContextPath, String> prints = new TreeMap<>();
        if (members.get("prints") instanceof Map<?, ?> given) {
            given.forEach((path, print) -> prints.put(ContextPath.parse((String) path), (String) print));
        } else if (members.get("prints") != null) {
            throw new BadRecordException(line, "expected an object 'prints', got something else");
        }
        Action.Expected expected = new Action.Expected(
                digest(members, "commit", line), digest(members, "root", line), digest(members, "tezos", line), prints);
        return new Action.Commit(time, text(members, "author", line), text(members, "message", line), expected);
    }

    private static Optional<Digest> digest(Map<String, Object> members, String name, long line) {
        return members.get(name) == null ? Optional.empty() : Optional.of(Digest.parse(text(members, name, line)));
    }

    private static ContextPath path(Map<String, Object> members, String name, long line) {
        return ContextPath.parse(text(members, name, line));
    }

    private static String text(Map<String, Object> members, String name, long line) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new BadRecordException(
                line,
                "expected a string '" + name + "', got " + (members.containsKey(name) ? "something else" : "none"));
    }

    private static Map<String, Object> members(String text, long line) {
        try (JsonParser in = FACTORY.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new BadRecordException(line, "expected a JSON object");
            }
            Map<String, Object> members = object(in, line, true);
            if (in.nextToken() != null) {
                throw new BadRecordException(line, "expected one JSON object, got more behind it");
            }
            return members;
        } catch (JsonProcessingException e) {
            throw new BadRecordException(
                    line,
                    "expected a whole JSON object, got one that is cut off or damaged: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> object(JsonParser in, long line, boolean nests) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            Object value = switch (in.nextToken()) {
                case VALUE_STRING -> in.getText();
                case VALUE_NUMBER_INT -> in.getLongValue();
                case VALUE_NULL -> null;
                case START_OBJECT -> nests ? object(in, line, false) : in;
                default -> in;
            };
            if (value == in || (!nests && !(value instanceof String))) {
                throw new BadRecordException(line, "expected another kind of value at '" + name + "'");
            }
            members.put(name, value);
        }
        return members;
    }
}
