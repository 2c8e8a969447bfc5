package org.dacite.context;

import java.math.BigInteger;
import java.util.Arrays;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * The text form of a context hash: {@code Co…}, 52 characters in base58check. That is the prefix {@code 4f c7}, the hash and
 * the first four bytes of the double SHA-256 of both, as one number written with 58 digits. Stateless; any thread.
 */
public final class TezosText {
    /** How long every text is, in characters. */
    public static final int LENGTH = 52;

    private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final byte[] PREFIX = {0x4f, (byte) 0xc7};
    private static final int CHECK_BYTES = 4;

    private TezosText() {}

    /** The text of a hash. */
    public static String of(Digest hash) {
        byte[] bytes = Arrays.copyOf(PREFIX, PREFIX.length + Digest.BYTES + CHECK_BYTES);
        System.arraycopy(hash.bytes(), 0, bytes, PREFIX.length, Digest.BYTES);
        System.arraycopy(check(bytes), 0, bytes, PREFIX.length + Digest.BYTES, CHECK_BYTES);
        StringBuilder text = new StringBuilder(LENGTH);
        // the prefix keeps the number from beginning with a zero byte, which base58 writes in a way of its own
        for (BigInteger rest = new BigInteger(1, bytes); rest.signum() > 0; rest = rest.divide(BASE)) {
            text.append(DIGITS.charAt(rest.mod(BASE).intValue()));
        }
        return text.reverse().toString();
    }

    /** The hash of a text; what is no such text, or was mistyped, is an {@link IllegalArgumentException}. */
    public static Digest parse(String text) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0 || text.length() != LENGTH) {
                throw refused(text);
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        byte[] bytes = number.toByteArray();
        boolean fits = bytes.length == PREFIX.length + Digest.BYTES + CHECK_BYTES
                && Arrays.equals(PREFIX, Arrays.copyOf(bytes, PREFIX.length));
        if (!fits) {
            throw refused(text);
        }
        int end = PREFIX.length + Digest.BYTES;
        if (!Arrays.equals(check(bytes), Arrays.copyOfRange(bytes, end, bytes.length))) {
            throw new IllegalArgumentException("expected a context hash whose check digits hold, got '" + text
                    + "', which was mistyped or cut off; copy it again");
        }
        return Digest.of(Arrays.copyOfRange(bytes, PREFIX.length, end));
    }

    /** Whether a word begins as such texts do, so that {@link #parse} can say what is wrong with the rest. */
    public static boolean looksLike(String word) {
        return word.length() == LENGTH && word.startsWith("Co");
    }

    private static byte[] check(byte[] bytes) {
        byte[] covered = Arrays.copyOf(bytes, PREFIX.length + Digest.BYTES);
        byte[] twice = HashAlgorithm.SHA_256.hash(HashAlgorithm.SHA_256.hash(covered));
        return Arrays.copyOf(twice, CHECK_BYTES);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("expected a context hash, which is Co and 50 more base58 digits, got '"
                + (text.length() <= 2 * LENGTH ? text : text.substring(0, 2 * LENGTH) + "…") + "'");
    }
}
