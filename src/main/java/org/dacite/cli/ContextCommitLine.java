package org.dacite.cli;

import org.dacite.context.Committed;
import org.dacite.context.TezosText;

/** Commits of the context as people and scripts read them. */
final class ContextCommitLine {
    private ContextCommitLine() {}

    static void show(Session session, Committed commit, String sentence) {
        if (session.json()) {
            session.line(json(commit));
            return;
        }
        session.line(Text.escaped(sentence));
        session.line("hash " + commit.revision().hash());
        session.line("root " + commit.revision().root());
        commit.tezos().ifPresent(tezos -> {
            session.line("tezos " + tezos.hash() + " " + TezosText.of(tezos.hash()));
            session.line("tezos root " + tezos.root());
        });
    }

    private static Json json(Committed commit) {
        return Json.object()
                .with("hash", commit.revision().hash())
                .with("root", commit.revision().root())
                .with("tezos", commit.tezos().map(Committed.Tezos::hash).orElse(null))
                .with(
                        "tezos_text",
                        commit.tezos().map(tezos -> TezosText.of(tezos.hash())).orElse(null));
    }
}
