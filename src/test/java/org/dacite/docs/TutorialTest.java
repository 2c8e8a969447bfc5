package org.dacite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.proof.IncompleteTree;
import org.dacite.proof.Verdict;
import org.dacite.proof.VerifiedTree;
import org.dacite.store.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's own Java. */
class TutorialTest {
    @TempDir
    private Path folder;

    @Test
    void asALibrary() {
        try (Dacite dacite =
                Dacite.open(folder.resolve("chain.db").toString())) { // or jdbc:postgresql://…; made when missing
            Revision block = dacite.branch("main")
                    .commit(
                            "block 1",
                            batch -> { // one transaction: all of it or none
                                batch.put("alice", "10");
                                batch.delete("bob");
                                batch.tree("names")
                                        .put("alice.example", "alice"); // a map of its own under the same root
                            });
            byte[] proof;
            try (Snapshot state = dacite.at(block)) { // immutable; any thread; keeps its revision from being pruned
                Optional<String> value = state.get("alice");
                proof = state.prove("alice", "bob").bytes(); // travels; a light client does this:
                // what it says
                assertEquals(Optional.of("10"), value);
            }
            VerifiedTree trusted = IncompleteTree.parse(proof).verify(block.root());
            Verdict alice = trusted.find(dacite.codec().canonical(dacite.key("alice"))); // present, absent or unknown
            // what it says
            assertEquals("present", alice.word());
            assertEquals(
                    "absent",
                    trusted.find(dacite.codec().canonical(dacite.key("bob"))).word());
        }
    }
}
