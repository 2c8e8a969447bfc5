package org.dacite.bench;

/** Where both sides of one run live, each alone: empty at first, gone on {@link #close}. */
interface Place extends AutoCloseable {
    /** The place of that engine. */
    static Place of(BenchOptions options) {
        return switch (options.engine()) {
            case SQLITE -> FolderPlace.in(options.store());
            case POSTGRESQL -> SchemaPlace.in(options.store());
        };
    }

    /** Where the store of the Dacite side is, as its face takes it. */
    String daciteStore();

    DaciteSide dacite(BenchOptions options);

    PlainSide plain(BenchOptions options);

    /** The relation {@code state_at} of the Dacite side, which must be closed, and plain tables with its rows of one revision. */
    StateTables stateTables(BenchOptions options, long revision);

    /** The floor beside the Dacite side, whose store must be there. */
    Floor floor(BenchOptions options);

    /** What the committed rows of the Dacite side take on disk. */
    long daciteBytes();

    /** What the committed rows of the plain side take on disk. */
    long plainBytes();

    /** Leaves the tables of both sides as the engine's own upkeep does in time. */
    default void settle() {}

    @Override
    void close();
}
