package org.dacite.cli;

import org.dacite.history.Dacite;
import org.dacite.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "init",
        description = "Makes an empty store; 'load' and 'put' do so too when there is none.",
        customSynopsis = "dacite init [--hash ALGORITHM] [--keys CODEC] [--indexes LEVEL]",
        footer = "  dacite init --store chain.db --hash blake2b-256 --keys hashed",
        exitCodeList = {"0:Done.", "2:Misuse, or there is a store already.", "3:The store could not be made."},
        sortOptions = false)
final class InitVerb implements Verb {
    @Mixin
    private MakeOptions make;

    @Override
    public int run(Session session) {
        try (Dacite dacite = Stores.made(session, make)) {
            make.settle(dacite);
            Store store = dacite.store();
            String hash = store.format().hash().label();
            String keys = store.format().keyCodec();
            String indexes = store.indexes().label();
            if (session.json()) {
                session.line(Json.object()
                        .with("engine", store.engine())
                        .with("place", store.place())
                        .with("hash", hash)
                        .with("keys", keys)
                        .with("indexes", indexes));
            } else {
                session.line("made a store at " + store.place() + ": hash " + hash + ", keys " + keys + ", indexes "
                        + indexes);
            }
            return ExitCode.DONE;
        }
    }
}
