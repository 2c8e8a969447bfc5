package org.dacite.proof;

import java.nio.charset.StandardCharsets;

/** The constants of the packed form that its writer and its reader share. */
final class PackedForm {
    static final byte[] MAGIC = "DAC1".getBytes(StandardCharsets.US_ASCII);
    static final int LEAF = 0;
    static final int STUB = 1;
    static final int JOIN = 2;
    static final int LINK = 3;
    static final int ENCLOSE = 4;

    private PackedForm() {}
}
