package org.dacite.cli;

import org.dacite.context.Committed;

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
    }

    private static Json json(Committed commit) {
        return Json.object()
                .with("hash", commit.revision().hash())
                .with("root", commit.revision().root())
                .with("tezos", null)
                .with("tezos_text", null);
    }
}
