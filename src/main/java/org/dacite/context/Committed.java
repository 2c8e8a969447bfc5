package org.dacite.context;

import org.dacite.store.Revision;

/**
 * A commit of a context.
 *
 * @param revision the revision that it is
 */
public record Committed(Revision revision) {}
