/**
 * Pictures of a tree: its top, or the way to some keys with the hashes that prove them, as SVG or for Graphviz.
 *
 * <p>Knows: which nodes a picture shows, which of them another tree has at the same place, where boxes stand, what SVG
 * and dot look like. Must not know: revisions, key codecs, files; keys and values come to it as text. The same tree gives
 * the same bytes.
 *
 * <p>Threads: everything is immutable or lives for one call. Errors: misuse is an {@link IllegalArgumentException}.
 */
package org.dacite.drawing;
