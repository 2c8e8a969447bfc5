package org.dacite.bits;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/**
 * How a user's key becomes the canonical bytes that a tree is built of (canonical-form.md, "Keys and bit strings").
 *
 * <p>A user key is 1 to 1,024 bytes. The codecs {@code text}, {@code bytes} and {@code uint} keep the order of user
 * keys; {@code hashed} does not. Immutable; any thread, provided that the hash function given to {@link #hashed} is.
 */
public final class KeyCodec {
    /** The longest user key, in bytes. */
    public static final int MAX_KEY_BYTES = 1024;

    /** The longest canonical key, in bytes: {@code text} appends one. */
    public static final int MAX_CANONICAL_BYTES = MAX_KEY_BYTES + 1;

    /** How long a hash is, whatever the algorithm. */
    private static final int HASH_BYTES = 32;

    private enum Kind {
        TEXT,
        BYTES,
        UINT,
        HASHED
    }

    private final Kind kind;
    private final UnaryOperator<byte[]> hash;

    private KeyCodec(Kind kind, UnaryOperator<byte[]> hash) {
        this.kind = kind;
        this.hash = hash;
    }

    /** UTF-8 text without NUL; canonical: its bytes, then {@code 00}. */
    public static KeyCodec text() {
        return new KeyCodec(Kind.TEXT, UnaryOperator.identity());
    }

    /** Any bytes, as they are. No key may be a prefix of another; the tree checks that. */
    public static KeyCodec bytes() {
        return new KeyCodec(Kind.BYTES, UnaryOperator.identity());
    }

    /** Whole numbers 0 … 2^63-1; user key and canonical key are their 8 bytes, big-endian. */
    public static KeyCodec uint() {
        return new KeyCodec(Kind.UINT, UnaryOperator.identity());
    }

    /** Any bytes; canonical: their hash, 32 bytes. */
    public static KeyCodec hashed(UnaryOperator<byte[]> hash) {
        return new KeyCodec(Kind.HASHED, hash);
    }

    /** The codec of that name: {@code text}, {@code bytes}, {@code uint} or {@code hashed}, which takes the hash. */
    public static KeyCodec named(String name, UnaryOperator<byte[]> hash) {
        return switch (name) {
            case "text" -> text();
            case "bytes" -> bytes();
            case "uint" -> uint();
            case "hashed" -> hashed(hash);
            default ->
                throw new IllegalArgumentException(
                        "expected a key codec, one of text, bytes, uint, hashed, got '" + name + "'");
        };
    }

    /** Its name: {@code text}, {@code bytes}, {@code uint} or {@code hashed}. */
    public String name() {
        return switch (kind) {
            case TEXT -> "text";
            case BYTES -> "bytes";
            case UINT -> "uint";
            case HASHED -> "hashed";
        };
    }

    /** Whether canonical keys sort as user keys do, so that prefixes and ranges of user keys mean something. */
    public boolean keepsOrder() {
        return kind != Kind.HASHED;
    }

    /** Whether the user's key cannot be computed from the canonical one and must be kept beside it. */
    public boolean losesUserKey() {
        return kind == Kind.HASHED;
    }

    /** The user key that a person typed: text, {@code 0x…} for bytes (not with {@code text}), a decimal number. */
    public byte[] parse(String typed) {
        return switch (kind) {
            case TEXT -> utf8(typed);
            case BYTES, HASHED -> parseBytes(typed);
            case UINT -> parseNumber(typed);
        };
    }

    /** The canonical key of a user key; refuses an empty one, one that is too long and one that the codec excludes. */
    public byte[] canonical(byte[] userKey) {
        if (userKey.length == 0) {
            throw new IllegalArgumentException("expected a key of 1 to " + MAX_KEY_BYTES + " bytes, got an empty key");
        }
        if (userKey.length > MAX_KEY_BYTES) {
            throw new IllegalArgumentException("expected a key of 1 to " + MAX_KEY_BYTES + " bytes, got "
                    + userKey.length + " bytes, beginning " + abbreviated(userKey));
        }
        return switch (kind) {
            case TEXT -> {
                checkText(userKey);
                yield Arrays.copyOf(userKey, userKey.length + 1);
            }
            case BYTES -> userKey.clone();
            case UINT -> {
                if (userKey.length != 8 || userKey[0] < 0) {
                    throw new IllegalArgumentException(
                            "expected a number from 0 to 2^63-1 as 8 bytes big-endian, got " + abbreviated(userKey));
                }
                yield userKey.clone();
            }
            case HASHED -> hash.apply(userKey);
        };
    }

    /**
     * The first canonical bytes that all keys beginning with this user prefix share; for {@code uint} the whole key.
     * Not for {@code hashed}, whose keys keep no order.
     */
    public byte[] canonicalPrefix(byte[] userPrefix) {
        if (kind == Kind.HASHED) {
            throw new IllegalArgumentException("expected a store whose keys keep their order, got key codec 'hashed':"
                    + " a prefix says nothing about hashed keys");
        }
        return userPrefix.clone();
    }

    /** The first bytes after all that begin with a prefix, null for none. */
    public static byte[] afterPrefix(byte[] prefix) {
        for (int end = prefix.length; end > 0; end--) {
            if (prefix[end - 1] != (byte) 0xff) {
                byte[] after = Arrays.copyOf(prefix, end);
                after[end - 1]++;
                return after;
            }
        }
        return null;
    }

    /** Whether bytes can be a canonical key of this codec; of {@code hashed}, whether they can be a hash. */
    public boolean canMake(byte[] canonical) {
        return switch (kind) {
            case TEXT -> {
                int end = canonical.length - 1;
                boolean endsOnce = end >= 1 && end <= MAX_KEY_BYTES && indexOfNul(canonical) == end;
                yield endsOnce && decoded(user(canonical)) != null;
            }
            case BYTES -> canonical.length >= 1 && canonical.length <= MAX_KEY_BYTES;
            case UINT -> canonical.length == 8 && canonical[0] >= 0;
            case HASHED -> canonical.length == HASH_BYTES;
        };
    }

    /** The user key of a canonical key; of a hashed one the canonical key itself, since a hash does not go back. */
    public byte[] user(byte[] canonical) {
        return kind == Kind.TEXT ? Arrays.copyOf(canonical, canonical.length - 1) : canonical.clone();
    }

    /** A user key as people read it: text where it is UTF-8, a decimal number with {@code uint}, else {@code 0x…}. */
    public String show(byte[] userKey) {
        if (kind == Kind.UINT && userKey.length == 8) {
            return Long.toString(ByteBuffer.wrap(userKey).getLong());
        }
        return showBytes(userKey);
    }

    /** Bytes as people read them: text where they are UTF-8, else {@code 0x…}. */
    public static String showBytes(byte[] bytes) {
        String text = decoded(bytes);
        return text == null ? "0x" + HexFormat.of().formatHex(bytes) : text;
    }

    /** Bytes that a person typed: {@code 0x…} is hexadecimal, anything else UTF-8 text. */
    public static byte[] parseBytes(String typed) {
        return typed.startsWith("0x") ? parseHex(typed) : utf8(typed);
    }

    /** Text as UTF-8; refuses half a surrogate pair, which has no UTF-8. */
    public static byte[] utf8(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] out = new byte[bytes.remaining()];
            bytes.get(out);
            return out;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("expected text of whole Unicode characters, got half of one", e);
        }
    }

    private static byte[] parseHex(String typed) {
        try {
            return HexFormat.of().parseHex(typed.substring(2));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected an even number of hexadecimal digits after 0x, got '" + typed + "'", e);
        }
    }

    private static byte[] parseNumber(String typed) {
        boolean digits = !typed.isEmpty() && typed.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            if (digits) {
                return ByteBuffer.allocate(8).putLong(Long.parseLong(typed)).array();
            }
        } catch (NumberFormatException e) {
            // said below: digits alone, but past 2^63-1
        }
        throw new IllegalArgumentException(
                "expected a whole number from 0 to 9223372036854775807 (2^63-1), got '" + typed + "'");
    }

    private static void checkText(byte[] userKey) {
        int nul = indexOfNul(userKey);
        if (nul >= 0) {
            throw new IllegalArgumentException("expected a text key without NUL, got one at byte " + nul + " of "
                    + abbreviated(userKey) + "; use the key codec 'bytes' or 'hashed' for such keys");
        }
        if (decoded(userKey) == null) {
            throw new IllegalArgumentException("expected a text key in UTF-8, got " + abbreviated(userKey)
                    + "; use the key codec 'bytes' or 'hashed' for such keys");
        }
    }

    /** Where the first NUL stands, -1 for none. */
    private static int indexOfNul(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static String decoded(byte[] bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String abbreviated(byte[] bytes) {
        int shown = Math.min(bytes.length, 24);
        return "0x" + HexFormat.of().formatHex(bytes, 0, shown) + (shown < bytes.length ? "…" : "");
    }
}
