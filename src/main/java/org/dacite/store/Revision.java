package org.dacite.store;

import java.time.Instant;
import java.util.OptionalLong;
import org.dacite.hashing.Digest;

/**
 * One version of the whole map.
 *
 * @param id its number in this store, ascending
 * @param line the log in which its hash is the entry of the number {@code height}; revisions of one line share it
 * @param parent the revision it was committed on; none for the first of its line
 * @param height how many revisions of its line stand before it
 * @param rootLink link to the top node, 0 for the empty tree
 * @param root the root hash
 * @param history the RFC 6962 tree hash over the hashes of all earlier revisions of its line
 * @param hash the hash of the revision itself
 * @param leafCount leaves that hold a value, those of linked trees included
 * @param timeMillis when, in milliseconds since 1970 UTC
 * @param author who
 * @param message why
 * @param firstOid the first OID that it gave out
 * @param lastOid the last one; {@code firstOid - 1} when it gave out none
 * @param pruned whether its state was given up when this was read: its hashes stay, its vertices and leaves go
 */
public record Revision(
        long id,
        long line,
        OptionalLong parent,
        long height,
        long rootLink,
        Digest root,
        Digest history,
        Digest hash,
        long leafCount,
        long timeMillis,
        String author,
        String message,
        long firstOid,
        long lastOid,
        boolean pruned) {
    /** When, as an instant. */
    public Instant time() {
        return Instant.ofEpochMilli(timeMillis);
    }
}
