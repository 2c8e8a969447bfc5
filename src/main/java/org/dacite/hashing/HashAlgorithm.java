package org.dacite.hashing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.bouncycastle.jcajce.provider.digest.Blake2b;

/** A hash algorithm with digests of 32 bytes: {@code H} of the canonical form. */
public enum HashAlgorithm {
    SHA_256("sha256", 1),
    SHA3_256("sha3-256", 2),
    BLAKE2B_256("blake2b-256", 3);

    private final String label;
    private final int code;

    HashAlgorithm(String label, int code) {
        this.label = label;
        this.code = code;
    }

    /** The algorithm of that label: {@code sha256}, {@code sha3-256} or {@code blake2b-256}. */
    public static HashAlgorithm labelled(String label) {
        return Arrays.stream(values())
                .filter(a -> a.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a hash algorithm, one of "
                        + Arrays.stream(values()).map(HashAlgorithm::label).collect(Collectors.joining(", "))
                        + ", got '" + label + "'"));
    }

    /** What people and tables call it: {@code sha256}, {@code sha3-256}, {@code blake2b-256}. */
    public String label() {
        return label;
    }

    /** Its byte in the packed form: 1, 2, 3. */
    public int code() {
        return code;
    }

    /** A new message digest, for one thread. */
    public MessageDigest newMessageDigest() {
        try {
            return switch (this) {
                case SHA_256 -> MessageDigest.getInstance("SHA-256");
                case SHA3_256 -> MessageDigest.getInstance("SHA3-256");
                case BLAKE2B_256 -> new Blake2b.Blake2b256();
            };
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + label + ", which every Java 17 must have", e);
        }
    }

    /** The digest of the bytes. */
    public byte[] hash(byte[] bytes) {
        return newMessageDigest().digest(bytes);
    }
}
