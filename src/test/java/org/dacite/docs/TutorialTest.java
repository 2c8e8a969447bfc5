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
            Snapshot state = dacite.at(block); // immutable; any thread; never in the writer's way
            Optional<String> value = state.get("alice");
            IncompleteTree proof = state.prove("alice", "bob"); // proof.bytes() travels; a light client does this:
            VerifiedTree trusted = IncompleteTree.parse(proof.bytes()).verify(block.root());
            Verdict alice = trusted.find(dacite.codec().canonical(dacite.key("alice"))); // present, absent or unknown
            // what it says
            assertEquals(Optional.of("10"), value);
            assertEquals("present", alice.word());
            assertEquals(
                    "absent",
                    trusted.find(dacite.codec().canonical(dacite.key("bob"))).word());
        }
    }
}
