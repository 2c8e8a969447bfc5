package org.dacite.store;

import java.sql.SQLException;
import java.util.Set;

/** The marks of one SQLite store, in the file that all stores of this process share. */
final class FileLeases implements LeaseMarks {
    private final LeaseFile file;
    private final GivenUp givenUp;

    /** Whether a revision is given up now. */
    interface GivenUp {
        boolean test(long revision) throws SQLException;
    }

    FileLeases(LeaseFile file, GivenUp givenUp) {
        this.file = file;
        this.givenUp = givenUp;
    }

    @Override
    public boolean take(long revision) throws SQLException {
        file.take(revision);
        return !givenUp.test(revision);
    }

    @Override
    public void release(long revision) {
        file.release(revision);
    }

    @Override
    public Set<Long> leased(Set<Long> candidates) {
        return file.leased(candidates);
    }

    @Override
    public void close() {
        file.close();
    }
}
