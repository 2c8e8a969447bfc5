package org.dacite.history;

import java.util.List;

/**
 * A key with its value, as a scan hands it over.
 *
 * @param trees the user keys that name its tree, outermost first, below the tree that was scanned
 * @param key the user key
 * @param value the value
 */
public record Entry(List<byte[]> trees, byte[] key, byte[] value) {}
