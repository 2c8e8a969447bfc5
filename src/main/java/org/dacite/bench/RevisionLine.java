package org.dacite.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.store.Revision;

/**
 * The revisions that a bench of questions asks about: a load, then commits that change some records. Keys are text. For
 * one thread.
 *
 * <pre>
 *   main   load … load  1 … {@link BenchOptions#commits}
 *                    |      |
 *               loaded()  halfWay()
 * </pre>
 */
final class RevisionLine {
    private final BenchOptions options;
    private final Dacite dacite;
    private final UnaryOperator<Change> asText;
    private final Consumer<Change[]> beside;
    private final Stop stop;
    private final List<Revision> revisions = new ArrayList<>();
    private int loads;

    /**
     * A line without any revision.
     *
     * @param asText makes a record of the workload one whose key is text
     * @param beside gets the records of each commit as well
     */
    RevisionLine(
            BenchOptions options, Dacite dacite, UnaryOperator<Change> asText, Consumer<Change[]> beside, Stop stop) {
        this.options = options;
        this.dacite = dacite;
        this.asText = asText;
        this.beside = beside;
        this.stop = stop;
    }

    /** Makes all revisions, and tells how many leaves there are after each of the load. */
    void fill(Workload work, Consumer<String> progress) {
        while (work.keys() < options.leaves()) {
            commit(work.fresh((int) Math.min(options.batch(), options.leaves() - work.keys())));
            loads++;
            progress.accept(String.format(Locale.ROOT, "%,d leaves", work.keys()));
        }
        for (int i = 0; i < options.commits(); i++) {
            commit(work.mixed(options.changes(), options.changes() / 2));
        }
        progress.accept(String.format(Locale.ROOT, "%,d revisions", revisions.size()));
    }

    private void commit(Change[] changes) {
        stop.check();
        Change[] rows = Arrays.stream(changes).map(asText).toArray(Change[]::new);
        revisions.add(dacite.branch(Branch.MAIN).commit(Note.of("bench"), batch -> {
            for (Change each : rows) {
                batch.put(each.key(), each.value());
            }
        }));
        beside.accept(rows);
    }

    int size() {
        return revisions.size();
    }

    /** The last revision of the load. */
    Revision loaded() {
        return revisions.get(loads - 1);
    }

    /** The revision after half of the commits, and one more. */
    Revision halfWay() {
        return revisions.get(loads + options.commits() / 2);
    }

    /** The last one. */
    Revision last() {
        return revisions.get(revisions.size() - 1);
    }
}
