package org.dacite.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dacite.store.ReadOnlyQuery;

/** Writes the rows that the database answers. For one answer. */
final class Answer implements ReadOnlyQuery.Rows {
    private final RowOutput output;
    private final long limit;

    /** Enough rows were written; ends the question. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Enough() {
            super("enough rows", null, false, false);
        }
    }

    private Answer(RowOutput output, long limit) {
        this.output = output;
        this.limit = limit;
    }

    /** Something that hands rows over. */
    interface Question {
        void ask(ReadOnlyQuery.Rows rows);
    }

    /** Writes at most so many rows of the answer to a question, as the options say. */
    static void show(Session session, RowOptions options, long limit, Question question) throws IOException {
        try (RowOutput output = options.open(session)) {
            try {
                question.ask(new Answer(output, limit));
            } catch (Enough e) {
                // the rest is not wanted
            }
            output.finish(session, "no rows");
        }
    }

    @Override
    public void columns(List<String> columns) {
        Set<String> taken = new HashSet<>();
        List<RowColumn> different = new ArrayList<>();
        for (String column : columns) {
            String name = column;
            for (int i = 2; !taken.add(name); i++) {
                name = column + "_" + i;
            }
            different.add(RowColumn.ofAny(name));
        }
        output.begin(different);
        stopAtLimit();
    }

    @Override
    public void row(List<Object> values) {
        output.row(values);
        stopAtLimit();
    }

    private void stopAtLimit() {
        if (output.rows() >= limit) {
            throw new Enough();
        }
    }
}
