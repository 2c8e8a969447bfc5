/** Parquet files: what is written, read back by a slow reader and, where its jar is, by DuckDB. */
package org.dacite.parquet;
