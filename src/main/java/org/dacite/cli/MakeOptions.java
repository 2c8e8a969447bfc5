package org.dacite.cli;

import org.dacite.bits.KeyCodec;
import org.dacite.context.HashScheme;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.history.Dacite;
import org.dacite.store.IndexLevel;
import org.dacite.store.Settings;
import org.dacite.store.Store;
import picocli.CommandLine.Option;

/** How a store is made when there is none. Filled for one run. */
final class MakeOptions {
    @Option(
            names = "--hash",
            paramLabel = "ALGORITHM",
            description = "Of a new store: sha256 (the default), sha3-256 or blake2b-256.")
    private String hash;

    @Option(
            names = "--keys",
            paramLabel = "CODEC",
            description = "Of a new store: text (the default), bytes, uint or hashed.")
    private String keys;

    @Option(
            names = "--indexes",
            paramLabel = "LEVEL",
            description = "Of a new store: none, leaves (the default) or all.")
    private String indexes;

    @Option(
            names = "--hash-scheme",
            paramLabel = "SCHEME",
            description =
                    "What commits of the context carry beside the store's hash: native (the default) nothing, tezos their hash"
                            + " in Tezos; of a store whose first one is still to come.")
    private String hashScheme;

    private HashAlgorithm assumedHash;
    private String assumedKeys;

    /** What a new store hashes with where no option says so. */
    void assume(HashAlgorithm algorithm) {
        assumedHash = algorithm;
    }

    /** What a new store hashes with, and which keys it has, where no option says so. */
    void assume(HashAlgorithm algorithm, String codec) {
        assumedHash = algorithm;
        assumedKeys = codec;
    }

    /** The settings with what was chosen here. */
    Settings applied(Settings settings) {
        Settings applied = settings;
        if (hash != null || assumedHash != null) {
            applied = applied.withHash(hash == null ? assumedHash : HashAlgorithm.labelled(hash));
        }
        if (keys != null || assumedKeys != null) {
            String codec = keys == null ? assumedKeys : keys;
            applied = applied.withKeyCodec(
                    KeyCodec.named(codec, applied.hash()::hash).name());
        }
        if (indexes != null) {
            applied = applied.withIndexes(IndexLevel.labelled(indexes));
        }
        return applied;
    }

    /** Settles the hash scheme of the context, if one was chosen here. */
    void settle(Dacite dacite) {
        if (hashScheme != null) {
            HashScheme.labelled(hashScheme).settle(dacite);
        }
    }

    /** Refuses a choice that a store, which may have been there before, is not made by. */
    void compare(Store store) {
        check("--hash", hash, store.format().hash().label());
        check("--keys", keys, store.format().keyCodec());
        if (indexes != null) {
            check("--indexes", indexes, store.indexes().label());
        }
    }

    private static void check(String option, String asked, String found) {
        if (asked != null && !asked.equals(found)) {
            throw new UsageException("expected " + option + " " + found + ", which this store is made with, got "
                    + asked + "; leave the option out"
                    + (option.equals("--indexes") ? ", and change the indexes with 'dacite index'" : ""));
        }
    }
}
