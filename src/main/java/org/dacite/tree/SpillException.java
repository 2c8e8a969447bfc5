package org.dacite.tree;

import java.io.IOException;

/** A batch that is larger than memory is to hold could not be kept in a temporary file. */
public final class SpillException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SpillException(IOException cause) {
        super(TemporaryFile.failure(cause), cause);
    }
}
