package org.dacite.cli;

import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import picocli.CommandLine.Option;

/** The branch that a verb commits on. Filled for one run. */
final class BranchOption {
    @Option(names = "--branch", paramLabel = "NAME", description = "Commit on this branch (default: main).")
    private String name = Branch.MAIN;

    /** The branch, which is there, or is the main branch of a store without a revision. */
    Branch of(Dacite dacite) {
        Branch branch = dacite.branch(name);
        if (branch.head().isEmpty()
                && !(name.equals(Branch.MAIN) && dacite.branches().isEmpty())) {
            branch.getHead(); // refuses, and says which there are
        }
        return branch;
    }
}
