package org.dacite.cli;

import java.time.Instant;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.log.RevisionHeader;

/** What a proof knows of a revision, as people and scripts read it: nothing that only the store knows. */
final class HeaderLine {
    private HeaderLine() {}

    static Json json(RevisionHeader revision, HashAlgorithm algorithm) {
        return Json.object()
                .with("hash", revision.hash(algorithm))
                .with("height", revision.height())
                .with("root", revision.root())
                .with("history", revision.history())
                .with("time", revision.timeMillis())
                .with("author", revision.author())
                .with("message", revision.message());
    }

    /** A line for each, without those that are empty. */
    static void show(Session session, RevisionHeader revision, Digest hash) {
        line(session, "hash", hash);
        line(session, "height", revision.height());
        line(session, "root", revision.root());
        line(session, "time", Instant.ofEpochMilli(revision.timeMillis()));
        line(session, "author", revision.author());
        line(session, "message", revision.message());
    }

    private static void line(Session session, String name, Object value) {
        String text = Text.escaped(value.toString());
        if (!text.isEmpty()) {
            session.line(name + " ".repeat(9 - name.length()) + text);
        }
    }
}
