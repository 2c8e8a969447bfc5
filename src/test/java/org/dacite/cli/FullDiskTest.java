package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.store.FirstFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

/** Where nothing can be written any more, each move says so in one line, loses nothing and leaves no half file. */
class FullDiskTest {
    private static final int REVISIONS = 6;
    private static final int KEYS = 500;

    @TempDir
    private Path folder;

    private Cli source;
    private String root;

    @BeforeEach
    void fill() {
        source = Cli.on(at("source.db"));
        Random random = new Random(5);
        try (Dacite dacite = Dacite.open(at("source.db"))) {
            for (int i = 0; i < REVISIONS; i++) {
                int block = i;
                dacite.branch("main").commit(Note.of("block " + i).at(i), batch -> {
                    for (int k = 0; k < KEYS; k++) {
                        byte[] value = new byte[600];
                        random.nextBytes(value); // which gzip does not make smaller
                        batch.put("key " + (k + block * KEYS), "v" + new String(value, StandardCharsets.ISO_8859_1));
                    }
                });
            }
            root = dacite.head().root().toString();
        }
        source.run("export", "--snapshot", "-o", at("state.dac")).done();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static final String BLOCKS = "select r.id as block, hex(l.key) as k, hex(l.value) as v from revision r"
            + " join leaf l on l.oid between r.first_oid and r.last_oid order by r.id";

    private List<String[]> moves() {
        String from = "jdbc:sqlite:" + at("source.db");
        return List.of(
                new String[] {"copy", "--store", at("source.db"), "--to", at("copied.db")},
                new String[] {"backup", at("backup.db"), "--store", at("source.db")},
                new String[] {"import", at("state.dac"), "--root", root, "--store", at("imported.db")},
                new String[] {"export", "--snapshot", "--plain", "-o", at("e.dac"), "--store", at("source.db")},
                new String[] {"export", "-o", at("e.csv"), "--store", at("source.db")},
                new String[] {"rehash", "--to", at("rehashed.db"), "--hash", "sha3-256", "--store", at("source.db")},
                new String[] {
                    "load",
                    "--from",
                    from,
                    "--query",
                    BLOCKS,
                    "--revision-column",
                    "block",
                    "--key",
                    "k",
                    "--value",
                    "v",
                    "--store",
                    at("loaded.db")
                });
    }

    @Test
    void aFileThatMayNotGrow() throws Exception {
        List<String> before = files();
        List<String> said = limited(1_500_000, moves());
        for (int i = 0; i < moves().size(); i++) {
            assertTrue(
                    said.get(i).matches("3 dacite: expected [^\\n]*(did not let it grow|File too large)[^\\n]*"),
                    moves().get(i)[0] + ": " + said.get(i));
        }
        List<String> left = new ArrayList<>(files());
        left.removeAll(before);
        left.removeIf(file -> file.startsWith("source.db-")); // a foreign reader cannot take the log away
        assertEquals(
                List.of("loaded.db", "rehashed.db"), left, "whole revisions, behind which the same command goes on");
        assertTrue(said.get(5).endsWith("and the same command goes on behind it"), said.get(5));
        assertTrue(said.get(6).matches(".*; [0-9,]+ records before were committed in [1-5] revisions?"), said.get(6));
        for (String[] move : moves()) {
            Cli.plain(move).doneSayingAnything();
        }
        for (String store : List.of("source.db", "copied.db", "backup.db", "imported.db", "rehashed.db", "loaded.db")) {
            Cli.on(at(store)).run("fsck").done();
        }
        Cli.plain("compare", at("source.db"), at("copied.db")).done();
        assertEquals(
                REVISIONS,
                Cli.on(at("loaded.db")).run("log", "--json").done().rows().size());
    }

    @Test
    void anUpgradeThatMayNotWriteLeavesTheStoreAsItWas() throws Exception {
        Path old = folder.resolve("old.db");
        FirstFormat.file(old);
        byte[] before = Files.readAllBytes(old);
        String[] migrate = {"migrate", "--all", "--store", old.toString()};
        String said = limited(64_000, List.<String[]>of(migrate)).get(0);
        assertTrue(said.matches("3 dacite: expected [^\\n]*"), said);
        assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(old)), "not a byte is another");
        Cli.plain(migrate).done();
        Cli.on(old.toString()).run("fsck").done();
    }

    /** A server whose disk is full, as far as a client can tell. */
    @Test
    void aServerWithoutRoom() throws Exception {
        String[] places = new String[3];
        try (TestStore copied = Engine.POSTGRESQL.fresh();
                TestStore imported = Engine.POSTGRESQL.fresh();
                TestStore rehashed = Engine.POSTGRESQL.fresh()) {
            List<TestStore> stores = List.of(copied, imported, rehashed);
            List<String[]> moves = new ArrayList<>();
            for (int i = 0; i < places.length; i++) {
                places[i] = stores.get(i).url();
                List<String> move = new ArrayList<>(List.of(moves().get(new int[] {0, 2, 5}[i])));
                move.replaceAll(
                        word -> word.matches(".*/(copied|imported|rehashed)[.]db") ? places[moves.size()] : word);
                moves.add(move.toArray(String[]::new));
                Cli init = Cli.on(places[i]);
                init.run("init", "--indexes", "none", "--hash", i == 2 ? "sha3-256" : "sha256")
                        .done();
                execute(
                        stores.get(i),
                        "create function no_room() returns trigger language plpgsql as $$ begin if new.oid > 1500 then"
                                + " raise exception 'could not extend file' using errcode = '53100'; end if; return new; end $$",
                        "create trigger no_room before insert on leaf for each row execute function no_room()");
            }
            for (int i = 0; i < places.length; i++) {
                Cli.Run run = Cli.plain(moves.get(i));
                String refusal = run.refusal(ExitCode.FAILED);
                assertTrue(refusal.contains("but it is full; nothing was lost, make room and try again"), refusal);
                execute(stores.get(i), "drop trigger no_room on leaf", "drop function no_room");
                Cli.plain(moves.get(i)).doneSayingAnything();
                Cli.on(places[i]).run("fsck").done();
            }
            Cli.plain("compare", at("source.db"), places[0]).done();
        }
    }

    private static void execute(TestStore place, String... statements) throws SQLException {
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** Runs commands in a process whose files may not grow past so many bytes; what each said, behind its exit code. */
    private List<String> limited(int bytes, List<String[]> commands) throws Exception {
        Path library = Files.createTempDirectory("dacite-library-");
        String name = LibraryLoaderUtil.getNativeLibName();
        try (InputStream in = LibraryLoaderUtil.class.getResourceAsStream(
                LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            Files.copy(in, library.resolve(name)); // else the driver would unpack it there, where it has no room
        }
        List<String> line = new ArrayList<>(List.of(
                "sh",
                "-c",
                "ulimit -f " + bytes / 512 + "; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.sqlite.lib.path=" + library,
                "-cp",
                System.getProperty("java.class.path"),
                Limited.class.getName()));
        for (String[] command : commands) {
            line.addAll(List.of(command));
            line.add(Limited.END);
        }
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        Files.delete(library.resolve(name));
        Files.delete(library);
        return List.of(said.split("\u0000"));
    }

    /** Runs one command after the other. */
    static final class Limited {
        static final String END = ";";

        private Limited() {}

        public static void main(String[] args) {
            List<String> command = new ArrayList<>();
            for (String arg : args) {
                if (!arg.equals(END)) {
                    command.add(arg);
                    continue;
                }
                ByteArrayOutputStream err = new ByteArrayOutputStream();
                int code = Main.run(
                        command.toArray(String[]::new),
                        InputStream.nullInputStream(),
                        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
                System.out.print(
                        code + " " + err.toString(StandardCharsets.UTF_8).strip() + "\u0000");
                System.out.flush();
                command.clear();
            }
        }
    }
}
