/**
 * The slow, obvious reference: canonical-form.md written down a second time, in bit strings of '0' and '1' and by
 * recursion, for tests of any room to compare with.
 *
 * <p>Knows: Java, and the provider of BLAKE2b. Must not know: a line of the main code.
 */
package org.dacite.reference;
