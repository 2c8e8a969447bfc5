package org.dacite.store;

import java.util.Optional;

/**
 * Where a branch and the store stand: what a commit asks before it merges, and what the next one need not ask again as long as nobody
 * else wrote. Immutable.
 *
 * @param branch the name of the branch
 * @param head its newest revision
 * @param end how far the store has come
 * @param follows whether the branch follows the newest revision without a row that says so
 * @param scheme which hashes commits carry beside the store's own
 */
record Standing(String branch, Revision head, RevisionRows.End end, boolean follows, Optional<String> scheme) {}
