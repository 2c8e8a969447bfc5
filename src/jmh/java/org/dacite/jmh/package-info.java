/**
 * Benchmarks of single steps: hashing, merging, proving and asking. They stand apart: only the profile {@code jmh} compiles
 * them, nothing waits for them, and {@code dacite bench} is what compares whole work.
 *
 * <pre>
 *   mvn -B -ntp -Pjmh test-compile exec:exec [-Djmh.args="Merge -f 1"]
 * </pre>
 */
package org.dacite.jmh;
