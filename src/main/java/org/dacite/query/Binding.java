package org.dacite.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.dacite.bits.KeyCodec;
import org.dacite.query.NamedQuery.Parameter;
import org.dacite.store.Store;

/** Turns what a person typed for a parameter into the value that is bound. */
final class Binding {
    private final KeyCodec codec;
    private final byte[] trees;

    /** Keys are read with the store's key codec and stand in the tree that these user keys name. */
    Binding(Store store, List<byte[]> trees) {
        this.codec = KeyCodec.named(store.format().keyCodec(), store.format().hash()::hash);
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        trees.forEach(name -> path.writeBytes(codec.canonical(name)));
        this.trees = path.toByteArray();
    }

    /** A long, text or bytes; an {@link IllegalArgumentException} that names the parameter when it is of another kind. */
    Object typed(Parameter parameter, String typed) {
        return switch (parameter.type()) {
            case INTEGER -> integer(parameter, typed);
            case TEXT -> typed;
            case KEY -> path(typed);
            case KEYS -> keys(parameter, typed);
        };
    }

    private static Long integer(Parameter parameter, String typed) {
        try {
            return Long.valueOf(typed);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected a whole number for " + parameter.name() + ", got '" + typed + "'", e);
        }
    }

    /** The canonical keys of the trees and of the key, one after the other: since no key begins another, they come apart. */
    private byte[] path(String key) {
        byte[] canonical = codec.canonical(codec.parse(key));
        byte[] path = new byte[trees.length + canonical.length];
        System.arraycopy(trees, 0, path, 0, trees.length);
        System.arraycopy(canonical, 0, path, trees.length, canonical.length);
        return path;
    }

    private String keys(Parameter parameter, String typed) {
        StringJoiner keys = new StringJoiner(",", "[", "]");
        try (JsonParser json = new JsonFactory().createParser(typed)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw noKeys(parameter, typed, null);
            }
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
                    throw noKeys(parameter, typed, null);
                }
                keys.add('"' + HexFormat.of().formatHex(path(json.getText())) + '"');
            }
            if (json.nextToken() != null) {
                throw noKeys(parameter, typed, null);
            }
        } catch (IOException e) {
            throw noKeys(parameter, typed, e);
        }
        return keys.toString();
    }

    private static IllegalArgumentException noKeys(Parameter parameter, String typed, IOException cause) {
        return new IllegalArgumentException(
                "expected a JSON array of keys for " + parameter.name() + ", such as [\"alice\",\"bob\"], got '" + typed
                        + "'",
                cause);
    }
}
