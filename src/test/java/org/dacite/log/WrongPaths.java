package org.dacite.log;

import java.util.ArrayList;
import java.util.List;
import org.dacite.hashing.Digest;

/** What a right path of digests can be turned into. */
final class WrongPaths {
    private WrongPaths() {}

    /** Every path that differs in one bit of a digest, or by a digest more or less, or by two neighbours swapped. */
    static List<List<Digest>> of(List<Digest> path) {
        List<List<Digest>> wrong = new ArrayList<>();
        Digest other = Digest.of(new byte[Digest.BYTES]);
        for (int i = 0; i <= path.size(); i++) {
            wrong.add(with(path, i, other));
            if (i < path.size()) {
                wrong.add(with(path, i, path.get(i)));
                wrong.add(with(without(path, i), i, flipped(path.get(i), i)));
                wrong.add(without(path, i));
            }
            if (i + 1 < path.size()) {
                wrong.add(with(without(path, i), i + 1, path.get(i)));
            }
        }
        return wrong;
    }

    static Digest flipped(Digest digest, int bit) {
        byte[] bytes = digest.bytes();
        bytes[bit / 8] ^= (byte) (0x80 >> (bit % 8));
        return Digest.of(bytes);
    }

    private static List<Digest> with(List<Digest> path, int index, Digest digest) {
        List<Digest> longer = new ArrayList<>(path);
        longer.add(index, digest);
        return longer;
    }

    private static List<Digest> without(List<Digest> path, int index) {
        List<Digest> shorter = new ArrayList<>(path);
        shorter.remove(index);
        return shorter;
    }
}
