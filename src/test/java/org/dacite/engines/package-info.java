/**
 * Real databases for tests: a fresh, empty place on each engine, by {@link org.dacite.engines.Engine#fresh()}.
 *
 * <p>Knows JDBC and how to get a PostgreSQL server (see {@link org.dacite.engines.PostgresServer}); knows nothing of
 * Dacite, so that a test of any room may stand on it.
 */
package org.dacite.engines;
