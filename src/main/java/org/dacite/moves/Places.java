package org.dacite.moves;

import java.util.ArrayDeque;
import java.util.Deque;
import org.dacite.bits.Bits;
import org.dacite.bits.KeyCodec;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.proof.PackedToken;

/**
 * Turns tokens, the last one first, into places, the last one first: so each node comes after the bits above it are known.
 *
 * <pre>
 *   tokens    leaf 10, leaf 11, join 0, leaf 100, join      in postfix order, with skips
 *   from the end   join: the top; its right child at 1: leaf 1·100; its left child at 0: join 0·0, whose …
 * </pre>
 */
final class Places {
    /** Stands between what is to be visited: the linked tree of this key is visited wholly. */
    private record Waiting(Bits before, boolean isBeginning) {}

    private static final byte[] NOTHING = {};

    private final Spool into = Spool.make();
    private final CanonicalHash rule;
    private final KeyCodec codec;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private Places(HashAlgorithm algorithm, KeyCodec codec) {
        this.rule = CanonicalHash.of(algorithm);
        this.codec = codec;
    }

    /** The places of tokens, which are taken off their spool. The caller closes the answer. */
    static Spool of(Spool tokens, HashAlgorithm algorithm, KeyCodec codec) {
        Places places = new Places(algorithm, codec);
        try {
            places.waiting.push(new Waiting(Bits.EMPTY, false));
            for (byte[] token = tokens.takeLast(); token != null; token = tokens.takeLast()) {
                places.visit(PackedToken.parse(token));
            }
            return places.into;
        } catch (RuntimeException | Error e) {
            places.into.close();
            throw e;
        }
    }

    private void visit(PackedToken token) {
        Bits bits = waiting.pop().before.then(token.skip());
        switch (token.kind()) {
            case LEAF -> put(Place.Kind.LEAF, key(bits), token.payload());
            case STUB -> put(Place.Kind.HIDDEN, bits, token.payload());
            case LINK -> put(Place.Kind.HIDDEN, key(bits), rule.link(token.payload()));
            case JOIN -> {
                waiting.push(new Waiting(bits.with(0), false));
                waiting.push(new Waiting(bits.with(1), false));
            }
            case ENCLOSE -> {
                put(Place.Kind.LEAVE, Bits.EMPTY, NOTHING);
                waiting.push(new Waiting(key(bits), true));
                waiting.push(new Waiting(Bits.EMPTY, false));
            }
        }
        while (!waiting.isEmpty() && waiting.peek().isBeginning) {
            put(Place.Kind.ENTER, waiting.pop().before, NOTHING);
        }
    }

    private void put(Place.Kind kind, Bits bits, byte[] payload) {
        into.add(new Place(kind, bits, payload).bytes());
    }

    private Bits key(Bits bits) {
        if (bits.length() % 8 != 0 || !codec.canMake(bits.toKey())) {
            throw new IllegalArgumentException("expected a snapshot whose keys are " + codec.name()
                    + ", as those of the store, got one with the key "
                    + (bits.length() % 8 == 0 ? KeyCodec.showBytes(bits.toKey()) : bits.toString())
                    + "; name the codec that it was made with by --keys");
        }
        return bits;
    }
}
