package org.dacite.store;

import org.dacite.hashing.HashAlgorithm;

/**
 * What a store was made as.
 *
 * @param version the number of its newest migration
 * @param hash its hash algorithm
 * @param keyCodec the name of its key codec
 */
public record StoreFormat(int version, HashAlgorithm hash, String keyCodec) {
    /** The format that this Dacite makes, reads and writes. */
    public static final int CURRENT = 11;
}
