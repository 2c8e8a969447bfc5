package org.dacite.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dacite.bits.Bits;
import org.dacite.bits.KeyCodec;
import org.dacite.proof.VerifiedTree;

/**
 * Which key codecs can have made the keys that a proof shows. A proof does not name its codec, and a key that is looked for
 * with another one than the store's would seem to be absent.
 */
final class SeenCodecs {
    /** The one that leaves the least to chance first. */
    private static final List<String> NAMES = List.of("uint", "hashed", "text", "bytes");

    /** By codec, the first key that it cannot have made. */
    private final Map<String, Bits> misfits = new HashMap<>();

    private SeenCodecs() {}

    /** Looks at every key and every name of a tree that a proof shows. */
    static SeenCodecs of(VerifiedTree verified) {
        SeenCodecs seen = new SeenCodecs();
        verified.forEach(shown -> seen.look(shown.key()));
        return seen;
    }

    private void look(Bits key) {
        boolean whole = key.length() % 8 == 0;
        for (String name : NAMES) {
            if (!whole || !KeyCodec.named(name, bytes -> bytes).canMake(key.toKey())) {
                misfits.putIfAbsent(name, key);
            }
        }
    }

    /** Refuses a codec that cannot have made them all, and names those that can. */
    void check(KeyCodec codec, boolean chosen) {
        Bits misfit = misfits.get(codec.name());
        if (misfit == null) {
            return;
        }
        Stream<String> others = NAMES.stream().filter(name -> !misfits.containsKey(name));
        String advice = others.map(name -> "--keys " + name).collect(Collectors.joining(" or "));
        String key = misfit.length() % 8 == 0 ? "the key " + Text.hex(misfit.toKey()) : "the bits " + misfit;
        throw new UsageException("expected a proof whose keys are " + codec.name() + ", as "
                + (chosen ? "--keys says" : "they are read without --keys") + ", got one that shows " + key + "; "
                + (advice.isEmpty() ? "no codec makes all of its keys" : "try " + advice));
    }
}
