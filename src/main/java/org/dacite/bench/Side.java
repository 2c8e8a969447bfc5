package org.dacite.bench;

import java.util.function.LongConsumer;

/** One of the two that are compared, with the deeds that are timed. For one thread. */
interface Side extends AutoCloseable {
    /** {@code dacite} or {@code plain}. */
    String name();

    /** Puts all changes, whose keys differ, in one transaction; durable when it returns. */
    void commit(Change[] changes);

    /** The state of now is the old one that {@link #getOld} asks for. */
    void rememberAsOld();

    /** The value of a key, null when it is absent. */
    byte[] get(byte[] key);

    /** The value of a key at the old state, or now where there are no old states; null when it is absent. */
    byte[] getOld(byte[] key);

    /** Reads all keys and values in key order; tells {@code progress} now and then, and answers, how many there are. */
    long scan(LongConsumer progress);

    /** How many records there are. */
    long count();

    @Override
    void close();
}
