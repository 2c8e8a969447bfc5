package org.dacite.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.dacite.bits.KeyCodec;
import org.dacite.query.NamedQuery.Parameter;
import org.dacite.store.NameRows;
import org.dacite.store.Store;

/** Turns what a person typed for a parameter into the value that is bound. */
final class Binding {
    private final Store store;
    private final KeyCodec codec;
    private final byte[] trees;

    /** Keys are read with the store's key codec and stand in the tree that these user keys name. */
    Binding(Store store, List<byte[]> trees) {
        this.store = store;
        this.codec = KeyCodec.named(store.format().keyCodec(), store.format().hash()::hash);
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        trees.forEach(name -> path.writeBytes(codec.canonical(name)));
        this.trees = path.toByteArray();
    }

    /** A long, text or bytes; an {@link IllegalArgumentException} that names the parameter when it is of another kind. */
    Object typed(Parameter parameter, String typed) {
        return switch (parameter.type()) {
            case INTEGER -> integer(parameter, typed);
            case COUNT -> count(parameter, typed);
            case TEXT -> typed;
            case BRANCH -> branch(parameter, typed);
            case KEY -> path(parameter, typed);
            case KEYS -> keys(parameter, typed);
            case HASHES -> hashes(parameter, typed);
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

    private String branch(Parameter parameter, String typed) {
        if (!store.names(NameRows::branches).containsKey(typed)) {
            throw new IllegalArgumentException("expected the name of a branch for " + parameter.name() + ", got '"
                    + typed + "', which the store has not; 'dacite branch' lists them");
        }
        return typed;
    }

    private static Long count(Parameter parameter, String typed) {
        Long count = integer(parameter, typed);
        if (count < 1 || count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("expected a whole number from 1 to " + Integer.MAX_VALUE + " for "
                    + parameter.name() + ", got " + count);
        }
        return count;
    }

    /** The canonical keys of the trees and of the key, one after the other: since no key begins another, they come apart. */
    private byte[] path(Parameter parameter, String key) {
        byte[] canonical;
        try {
            canonical = codec.canonical(codec.parse(key));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", for " + parameter.name(), e);
        }
        byte[] path = new byte[trees.length + canonical.length];
        System.arraycopy(trees, 0, path, 0, trees.length);
        System.arraycopy(canonical, 0, path, trees.length, canonical.length);
        return path;
    }

    private String keys(Parameter parameter, String typed) {
        String expected = "keys for " + parameter.name() + ", such as [\"alice\",\"bob\"]";
        StringJoiner keys = new StringJoiner(",", "[", "]");
        for (Element key : array(expected, typed)) {
            keys.add('"' + HexFormat.of().formatHex(path(parameter, key.text())) + '"');
        }
        return keys.toString();
    }

    private static String hashes(Parameter parameter, String typed) {
        String expected = "hashes in hexadecimal for " + parameter.name() + ", such as [\"00ff\"]";
        for (Element hash : array(expected, typed)) {
            if (hash.isNumber() || !hash.text().matches("([0-9a-fA-F]{2})+")) {
                throw noArray(expected, typed, null);
            }
        }
        return typed;
    }

    private record Element(String text, boolean isNumber) {}

    /** The texts and whole numbers of a JSON array of nothing else. */
    private static List<Element> array(String expected, String typed) {
        List<Element> elements = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(typed)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw noArray(expected, typed, null);
            }
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
                    throw noArray(expected, typed, null);
                }
                elements.add(new Element(json.getText(), token == JsonToken.VALUE_NUMBER_INT));
            }
            if (json.nextToken() != null) {
                throw noArray(expected, typed, null);
            }
        } catch (IOException e) {
            throw noArray(expected, typed, e);
        }
        return elements;
    }

    private static IllegalArgumentException noArray(String expected, String typed, IOException cause) {
        return new IllegalArgumentException("expected a JSON array of " + expected + ", got '" + typed + "'", cause);
    }
}
