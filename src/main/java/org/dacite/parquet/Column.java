package org.dacite.parquet;

import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.Type;

/**
 * A column of a table. Every one of them may hold null.
 *
 * @param name what it is called
 * @param kind what its values are
 */
public record Column(String name, Kind kind) {
    /** What the values of a column are. */
    public enum Kind {
        /** Strings, as UTF-8. */
        TEXT(Type.BYTE_ARRAY),
        /** Bytes. */
        BYTES(Type.BYTE_ARRAY),
        /** Longs. */
        WHOLE(Type.INT64),
        /** Doubles. */
        DOUBLE(Type.DOUBLE),
        /** Booleans. */
        TRUTH(Type.BOOLEAN);

        private final Type type;

        Kind(Type type) {
            this.type = type;
        }

        Type type() {
            return type;
        }

        /** What tells readers more than the type does; null: nothing. */
        LogicalType logicalType() {
            return this == TEXT ? LogicalType.STRING(new StringType()) : null;
        }

        /** Whether it can hold this value; null fits every kind. */
        public boolean fits(Object value) {
            return switch (this) {
                case TEXT -> value == null || value instanceof String;
                case BYTES -> value == null || value instanceof byte[];
                case WHOLE -> value == null || value instanceof Long;
                case DOUBLE -> value == null || value instanceof Double;
                case TRUTH -> value == null || value instanceof Boolean;
            };
        }
    }
}
