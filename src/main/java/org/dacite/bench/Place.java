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

    DaciteSide dacite(BenchOptions options);

    PlainSide plain(BenchOptions options);

    /** What the Dacite side takes on disk, once it is closed. */
    long daciteBytes();

    /** What the plain side takes on disk, once it is closed. */
    long plainBytes();

    @Override
    void close();
}
