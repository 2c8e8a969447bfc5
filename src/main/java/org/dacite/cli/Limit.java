package org.dacite.cli;

/** The value of {@code --limit}. */
final class Limit {
    private Limit() {}

    static long of(Long typed, long otherwise) {
        if (typed != null && typed < 0) {
            throw new UsageException("expected --limit of 0 or more, got " + typed);
        }
        return typed == null ? otherwise : typed;
    }
}
