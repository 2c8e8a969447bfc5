/**
 * Tables as Parquet files, for the tools of analysts.
 *
 * <p>Knows: how rows become pages, column chunks and row groups, and what the footer says of them; Apache's own
 * structures of the format write that footer. Must not know: stores, keys, where the rows come from.
 *
 * <p>The same rows with the same metadata and no compression give the same bytes, on every machine.
 *
 * <p>Threads: a {@link org.dacite.parquet.ParquetWriter} is for one thread. Errors: misuse, a value of another type than
 * its column among it, is an {@link IllegalArgumentException}; what could not be written is an
 * {@link java.io.IOException}.
 */
package org.dacite.parquet;
