package org.dacite.proof;

import java.util.Arrays;
import org.dacite.hashing.Digest;

/** What a verified proof says of a key. */
public sealed interface Verdict {
    /** {@code present}, {@code absent} or {@code unknown}. */
    String word();

    /** The key stands in the map with this value. */
    final class Present implements Verdict {
        private final byte[] value;

        Present(byte[] value) {
            this.value = value;
        }

        /** The value, copied. */
        public byte[] value() {
            return value.clone();
        }

        @Override
        public String word() {
            return "present";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Present that && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "present, " + value.length + " bytes";
        }
    }

    /** The key stands in the map and holds a tree with this root. */
    record PresentTree(Digest root) implements Verdict {
        @Override
        public String word() {
            return "present";
        }
    }

    /** The key does not stand in the map. */
    record Absent() implements Verdict {
        @Override
        public String word() {
            return "absent";
        }
    }

    /** The proof leaves out the part of the map where the key would stand. */
    record Unknown() implements Verdict {
        @Override
        public String word() {
            return "unknown";
        }
    }
}
