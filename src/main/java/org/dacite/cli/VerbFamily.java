package org.dacite.cli;

import java.util.List;

/** A word of the command line that another must follow. */
interface VerbFamily extends Verb {
    /** The words that may follow, in the order in which help shows them. */
    List<String> names();

    /** A new verb of that name. */
    Verb make(String name);
}
