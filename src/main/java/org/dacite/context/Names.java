package org.dacite.context;

import java.nio.charset.StandardCharsets;

/** Names of entries as people read them. Stateless. */
final class Names {
    private static final int SHOWN_CHARACTERS = 60;

    private Names() {}

    /** A name for a message; a long one is cut off. */
    static String shown(byte[] name) {
        String text = new String(name, StandardCharsets.UTF_8);
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
