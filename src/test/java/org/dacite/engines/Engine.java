package org.dacite.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/**
 * A database engine that every contract of the store is tested on.
 *
 * <pre>{@code
 * @ParameterizedTest
 * @EnumSource(Engine.class)
 * void keepsWhatWasPut(Engine engine) throws Exception {
 *     try (TestStore place = engine.fresh(); Dacite dacite = Dacite.open(place.url())) { … }
 * }
 * }</pre>
 */
public enum Engine {
    /** In this process, a file in a folder of its own. */
    SQLITE {
        @Override
        public TestStore fresh() {
            try {
                return new SqliteTestStore(Files.createTempDirectory("dacite-test-"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },

    /** A real server, one for the JVM, a schema of its own for each store. */
    POSTGRESQL {
        @Override
        public TestStore fresh() {
            return new PostgresTestStore(PostgresServer.jdbcUrl());
        }
    };

    /** The major version of the server that the tests bring along. */
    public static final int POSTGRESQL_MAJOR = 18;

    /** A place where no store has ever been. */
    public abstract TestStore fresh();
}
