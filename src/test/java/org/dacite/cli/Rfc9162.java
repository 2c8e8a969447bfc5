package org.dacite.cli;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A verifier of somebody else's: RFC 9162, 2.1.3.2 and 2.1.4.2, word by word, with SHA-256 from Java and digests in hex. It
 * knows no line of Dacite.
 */
final class Rfc9162 {
    private Rfc9162() {}

    /** 2.1.3.2, Verifying an Inclusion Proof. */
    static boolean includes(byte[] entry, long leafIndex, long treeSize, List<String> inclusionPath, String rootHash) {
        // 1. Compare leaf_index from the inclusion_proof_v2 structure against tree_size. If leaf_index is greater than
        // or
        //    equal to tree_size, then fail the proof verification.
        if (leafIndex >= treeSize) {
            return false;
        }
        // 2. Set fn to leaf_index and sn to tree_size - 1.
        long fn = leafIndex;
        long sn = treeSize - 1;
        // 3. Set r to hash.
        byte[] r = hash(new byte[] {0}, entry);
        // 4. For each value p in the inclusion_path array:
        for (String p : inclusionPath) {
            // a. If sn is 0, then stop the iteration and fail the proof verification.
            if (sn == 0) {
                return false;
            }
            // b. If LSB(fn) is set, or if fn is equal to sn, then:
            if ((fn & 1) == 1 || fn == sn) {
                // i. Set r to HASH(0x01 || p || r).
                r = hash(new byte[] {1}, bytes(p), r);
                // ii. If LSB(fn) is not set, then right-shift both fn and sn equally until either LSB(fn) is set or fn
                // is 0.
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                // Otherwise: Set r to HASH(0x01 || r || p).
                r = hash(new byte[] {1}, r, bytes(p));
            }
            // c. Finally, right-shift both fn and sn one time.
            fn >>= 1;
            sn >>= 1;
        }
        // 5. Compare sn to 0. Compare r against the root_hash.
        return sn == 0 && Arrays.equals(r, bytes(rootHash));
    }

    /** 2.1.4.2, Verifying Consistency between Two Tree Heads; for sizes 0 < first < second. */
    static boolean extendsTo(
            long first, String firstHash, long second, String secondHash, List<String> consistencyPath) {
        // 1. If consistency_path is an empty array, stop and fail the proof verification.
        if (consistencyPath.isEmpty()) {
            return false;
        }
        // 2. If first is an exact power of 2, then prepend first_hash to the consistency_path array.
        List<String> path = new ArrayList<>(consistencyPath);
        if ((first & (first - 1)) == 0) {
            path.add(0, firstHash);
        }
        // 3. Set fn to first - 1 and sn to second - 1.
        long fn = first - 1;
        long sn = second - 1;
        // 4. If LSB(fn) is set, then right-shift both fn and sn equally until LSB(fn) is not set.
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        // 5. Set both fr and sr to the first value in the consistency_path array.
        byte[] fr = bytes(path.get(0));
        byte[] sr = fr;
        // 6. For each subsequent value c in the consistency_path array:
        for (String c : path.subList(1, path.size())) {
            // a. If sn is 0, then stop the iteration and fail the proof verification.
            if (sn == 0) {
                return false;
            }
            // b. If LSB(fn) is set, or if fn is equal to sn, then:
            if ((fn & 1) == 1 || fn == sn) {
                // i. Set fr to HASH(0x01 || c || fr). Set sr to HASH(0x01 || c || sr).
                fr = hash(new byte[] {1}, bytes(c), fr);
                sr = hash(new byte[] {1}, bytes(c), sr);
                // ii. If LSB(fn) is not set, then right-shift both fn and sn equally until either LSB(fn) is set or fn
                // is 0.
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                // Otherwise: Set sr to HASH(0x01 || sr || c).
                sr = hash(new byte[] {1}, sr, bytes(c));
            }
            // c. Finally, right-shift both fn and sn one time.
            fn >>= 1;
            sn >>= 1;
        }
        // 7. Verify that the fr calculated is equal to the first_hash supplied, that the sr calculated is equal to the
        //    second_hash supplied, and that sn is 0.
        return Arrays.equals(fr, bytes(firstHash)) && Arrays.equals(sr, bytes(secondHash)) && sn == 0;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] hash(byte[]... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha256.update(part);
            }
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
