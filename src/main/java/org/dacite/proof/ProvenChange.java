package org.dacite.proof;

import java.util.List;
import java.util.Optional;
import org.dacite.bits.Bits;

/**
 * A key whose value differs between two maps, as a proof shows it.
 *
 * @param trees the canonical keys that name its tree, outermost first
 * @param key the canonical key
 * @param before its value in the first map, empty when absent there
 * @param after its value in the second
 */
public record ProvenChange(List<Bits> trees, Bits key, Optional<byte[]> before, Optional<byte[]> after) {}
