package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.dacite.context.Context;
import org.dacite.context.ContextPath;
import org.dacite.context.HashScheme;
import org.dacite.context.Stage;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.history.Retention;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A context goes from place to place with its Tezos hashes, which are made anew on the way. */
class TransferContextTest {
    /** Directories of more than 256 entries, long values, copies, deletions, a commit without a context, and staged changes. */
    private static void fillContext(Dacite dacite, boolean prunes) {
        dacite.branch("main").commit("before there was a scheme", batch -> batch.put("old", "1"));
        HashScheme.TEZOS.settle(dacite);
        Random random = new Random(3);
        try (Context context = Context.of(dacite)) {
            for (int step = 0; step < 7; step++) {
                for (int i = 0; i < 60 + 300 / (1 + step); i++) {
                    set(context, "big/n" + random.nextInt(500), "value " + step);
                    set(
                            context,
                            "d" + random.nextInt(4) + "/deep/n" + random.nextInt(9),
                            "long ".repeat(random.nextInt(50)));
                }
                context.copy(ContextPath.parse("big"), ContextPath.parse("twin" + step % 2));
                context.delete(ContextPath.parse("d" + step % 4));
                set(context, "d" + (step + 1) % 4, "a value in the way");
                if (step == 5) {
                    context.checkout(dacite.revision("4"));
                    set(context, "d0/other", "fork");
                }
                context.commit(1_000 + step, "Ada", "block " + step);
            }
        }
        dacite.branch("main")
                .commit("without a context", batch -> batch.tree("big").put("n1", "other"));
        if (prunes) {
            dacite.prune(Retention.heads().withLast(2), 1_000, Transfers::quietly);
        }
        Stage.named(dacite, "desk").set(ContextPath.parse("staged/x"), new byte[] {9});
    }

    private static void set(Context context, String path, String value) {
        context.set(ContextPath.parse(path), value.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tezosHashesAreMadeAnew(boolean prunes) throws Exception {
        try (TestStore first = Engine.SQLITE.fresh();
                TestStore second = Engine.POSTGRESQL.fresh();
                TestStore third = Engine.SQLITE.fresh()) {
            try (Dacite dacite = Dacite.open(first.url())) {
                fillContext(dacite, prunes);
            }
            Transfers.copy(first, second, Transfers::quietly);
            Transfers.copy(second, third, Transfers::quietly);
            for (String table : List.of("context", "context_stage", "context_change", "context_commit")) {
                assertEquals(
                        Transfers.rows(first, "select * from " + table),
                        Transfers.rows(third, "select * from " + table),
                        table);
            }
            assertEquals(List.of("8"), Transfers.rows(third, "select count(*) from context_commit"));
            Transfers.assertSound(third);
            try (Dacite a = Dacite.open(first.url());
                    Dacite b = Dacite.open(third.url())) {
                for (Dacite each : List.of(a, b)) {
                    each.branch("main")
                            .commit(
                                    Note.of("next").at(7),
                                    batch -> batch.tree("big").put("n2", "next"));
                }
            }
            assertEquals(
                    Transfers.rows(first, "select * from context_commit"),
                    Transfers.rows(third, "select * from context_commit"),
                    "commits go on with what was made anew");
            try (Connection connection = first.plain();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "update context_commit set hash = (select hash from context_commit where revision_id = 8)"
                                + " where revision_id = 10");
            }
            StoreException refusal =
                    assertThrows(StoreException.class, () -> Transfers.copy(first, second, Transfers::quietly));
            assertTrue(refusal.getMessage().contains("expected the tezos hash"), refusal.getMessage());
        }
    }
}
