package org.dacite.history;

import java.util.Optional;
import org.dacite.store.Revision;

/**
 * A change in the life of a key.
 *
 * @param revision the revision that made it
 * @param value the value from then on; empty: deleted there
 */
public record Version(Revision revision, Optional<byte[]> value) {}
