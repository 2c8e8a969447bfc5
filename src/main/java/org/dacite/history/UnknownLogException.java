package org.dacite.history;

import java.util.Set;

/** No log of records has that name. */
public final class UnknownLogException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnknownLogException(String name, Set<String> there) {
        super("expected a log of records"
                + (there.isEmpty() ? ", but there are none" : ", one of " + String.join(", ", there)) + ", got '" + name
                + "'; 'dacite log-append' makes one");
    }
}
