package org.dacite.history;

import java.util.List;
import java.util.Optional;

/**
 * A key whose value differs between two snapshots.
 *
 * @param trees the user keys that name its tree, outermost first
 * @param key the user key
 * @param before its value in the first, empty when absent there
 * @param after its value in the second
 */
public record Difference(List<byte[]> trees, byte[] key, Optional<byte[]> before, Optional<byte[]> after) {}
