package org.dacite.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dacite.bits.KeyCodec;
import org.dacite.store.ReadOnlyQuery;

/** Shows the rows that the database answers: a table for people, one JSON object a row for scripts. For one answer. */
final class Answer implements ReadOnlyQuery.Rows {
    private final Session session;
    private final long limit;
    private List<String> names = List.of();
    private Table table;
    private long count;

    /** Enough rows were shown; ends the question. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Enough() {
            super("enough rows", null, false, false);
        }
    }

    private Answer(Session session, long limit) {
        this.session = session;
        this.limit = limit;
    }

    /** Something that hands rows over. */
    interface Question {
        void ask(ReadOnlyQuery.Rows rows);
    }

    /** Shows at most so many rows of the answer to a question. */
    static void show(Session session, long limit, Question question) {
        Answer answer = new Answer(session, limit);
        try {
            question.ask(answer);
        } catch (Enough e) {
            // the rest is not wanted
        }
        if (answer.table != null && answer.table.end() == 0) {
            session.remark("no rows");
        }
    }

    @Override
    public void columns(List<String> columns) {
        Set<String> taken = new HashSet<>();
        List<String> different = new ArrayList<>();
        for (String column : columns) {
            String name = column;
            for (int i = 2; !taken.add(name); i++) {
                name = column + "_" + i;
            }
            different.add(name);
        }
        names = different;
        if (!session.json()) {
            table = session.table(names.toArray(String[]::new)).withEmptyColumns();
        }
        stopAtLimit();
    }

    @Override
    public void row(List<Object> values) {
        if (table == null) {
            Json object = Json.object();
            for (int i = 0; i < values.size(); i++) {
                object.with(names.get(i), values.get(i));
            }
            session.line(object);
        } else {
            table.row(values.stream().map(Answer::shown).toArray());
        }
        count++;
        stopAtLimit();
    }

    private void stopAtLimit() {
        if (count >= limit) {
            throw new Enough();
        }
    }

    private static Object shown(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof byte[] bytes ? KeyCodec.showBytes(bytes) : value;
    }
}
