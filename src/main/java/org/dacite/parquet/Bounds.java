package org.dacite.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.Statistics;

/** The least and the greatest value of a chunk, by which a reader passes over row groups. For one thread. */
final class Bounds {
    /** Longer ones are not worth their room in the footer. */
    private static final int MAX_BYTES = 128;

    private final Column.Kind kind;
    private byte[] least;
    private byte[] greatest;
    private long nulls;

    Bounds(Column.Kind kind) {
        this.kind = kind;
    }

    void addNull() {
        nulls++;
    }

    /** A value in the encoding PLAIN, without its length. */
    void add(byte[] value) {
        if (least == null || compare(value, least) < 0) {
            least = value;
        }
        if (greatest == null || compare(value, greatest) > 0) {
            greatest = value;
        }
    }

    private int compare(byte[] a, byte[] b) {
        return switch (kind) {
            case TEXT, BYTES, TRUTH -> Arrays.compareUnsigned(a, b);
            case WHOLE -> Long.compare(number(a).getLong(), number(b).getLong());
            case DOUBLE -> Double.compare(number(a).getDouble(), number(b).getDouble());
        };
    }

    private static ByteBuffer number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What the footer says; of doubles no bounds, since readers differ about NaN and the two zeros. */
    Statistics statistics() {
        Statistics said = new Statistics();
        said.setNull_count(nulls);
        boolean known = least != null && kind != Column.Kind.DOUBLE;
        if (known && least.length <= MAX_BYTES && greatest.length <= MAX_BYTES) {
            said.setMin_value(least);
            said.setMax_value(greatest);
        }
        return said;
    }
}
