package org.dacite.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.history.Retention;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * A store of the first released format, as the first Dacite left it: {@code src/test/resources/formats/1.db.gz}, which is
 * never written anew. {@link #fill} is what went into it.
 */
public final class FirstFormat {
    private static final List<String> TABLES = List.of(
            "store",
            "log",
            "log_node",
            "log_entry",
            "revision",
            "branch",
            "tag",
            "retention",
            "pruned",
            "tree",
            "vertex",
            "leaf");

    private FirstFormat() {}

    /** Puts the store of the first format at a place where none is. */
    static void place(TestStore place, Engine engine, Path scratch) throws IOException, SQLException {
        Path file = engine == Engine.SQLITE ? Path.of(place.url()) : scratch.resolve("first.db");
        file(file);
        if (engine == Engine.POSTGRESQL) {
            Flyway.configure()
                    .dataSource(place.url(), null, null)
                    .schemas(schema(place))
                    .locations("classpath:migrations/postgresql")
                    .target("1")
                    .load()
                    .migrate();
            try (Connection from = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Connection to = place.plain()) {
                for (String table : TABLES) {
                    move(table, from, to);
                }
                try (Statement statement = to.createStatement()) {
                    statement.execute("create index leaf_by_key on leaf (key, oid)");
                }
            }
        }
    }

    /** The same, brought to a later format by the migrations alone, and with names for trees that were only linked, as later ones gave. */
    static void place(TestStore place, Engine engine, Path scratch, int format) throws IOException, SQLException {
        place(place, engine, scratch);
        FluentConfiguration flyway = Flyway.configure();
        if (engine == Engine.POSTGRESQL) {
            flyway.dataSource(place.url(), null, null)
                    .schemas(schema(place))
                    .locations("classpath:migrations/postgresql");
        } else {
            flyway.dataSource("jdbc:sqlite:" + place.url(), null, null).locations("classpath:migrations/sqlite");
        }
        flyway.target(Integer.toString(format)).load().migrate();
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            statement.execute("update store set format_version = " + format);
        }
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into tree (id, parent_id, key, user_key)"
                    + " select (select max(id) from tree) + row_number() over (order by key), 0, key, user_key from leaf"
                    + " where oid in (select max(oid) from leaf where tree_id = 0 and kind = 1 group by key)"
                    + " and key not in (select key from tree where parent_id = 0)");
        }
    }

    private static String schema(TestStore place) {
        return place.url().replaceFirst(".*currentSchema=(\\w+).*", "$1");
    }

    /** Puts it into a new file. */
    public static void file(Path file) throws IOException {
        try (InputStream in = FirstFormat.class.getResourceAsStream("/formats/1.db.gz")) {
            Files.write(file, new GZIPInputStream(in).readAllBytes());
        }
    }

    private static void move(String table, Connection from, Connection to) throws SQLException {
        try (Statement question = from.createStatement();
                ResultSet rows = question.executeQuery("select * from " + table)) {
            int columns = rows.getMetaData().getColumnCount();
            String marks = String.join(",", Collections.nCopies(columns, "?"));
            try (PreparedStatement insert = to.prepareStatement("insert into " + table + " values (" + marks + ")")) {
                while (rows.next()) {
                    for (int i = 1; i <= columns; i++) {
                        insert.setObject(i, rows.getObject(i));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    /** The rows of the revisions as {@code id hash root} with {@code pruned} behind where that is so. */
    static List<String> revisions(TestStore place) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Dacite dacite = Dacite.open(place.url())) {
            for (long id = 1; dacite.store().revision(id).isPresent(); id++) {
                Revision each = dacite.store().revision(id).orElseThrow();
                lines.add(each.id() + " " + each.hash() + " " + each.root() + (each.pruned() ? " pruned" : ""));
            }
        }
        return lines;
    }

    /** Revisions on two lines, tags, trees in trees, deletions, a log of records, rules, and a part that was pruned. */
    public static void fill(Dacite dacite) {
        for (int i = 0; i < 6; i++) {
            commit(dacite, "main", i);
        }
        dacite.branch("trial").create(dacite.revision("3"));
        for (int i = 6; i < 9; i++) {
            commit(dacite, "trial", i);
        }
        dacite.tag("v1").create(dacite.revision("4"));
        dacite.recordLog("payments").append(records(0, 20));
        dacite.setRetention(Retention.heads().withLast(3));
        dacite.prune(dacite.retention(), 1_000, so -> {});
        for (int i = 9; i < 12; i++) {
            commit(dacite, "main", i);
        }
        dacite.recordLog("payments").append(records(20, 33));
        dacite.branch("main")
                .commit(
                        note("the tree of alice again", 12),
                        batch -> batch.link(
                                "copy", dacite.head().tree("accounts").tree("alice")));
    }

    private static List<byte[]> records(int from, int to) {
        List<byte[]> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            records.add(("payment " + i).getBytes(StandardCharsets.UTF_8));
        }
        return records;
    }

    private static void commit(Dacite dacite, String branch, int number) {
        dacite.branch(branch).commit(note("block " + number, number), batch -> {
            for (int i = 0; i < 20; i++) {
                batch.put("key " + (number * 7 + i * 3) % 50, "value " + number + "." + i);
            }
            batch.tree("accounts").tree("alice").put("coins " + number % 4, Integer.toString(number));
            batch.tree("accounts").tree("bob").put("coins", Integer.toString(number));
            if (number % 3 == 2) {
                batch.delete("key " + number * 7 % 50);
            }
        });
    }

    private static Note note(String message, int number) {
        return Note.of(message).by("peer " + number % 2).at(1_700_000_000_000L + 60_000L * number);
    }

    /** Writes the file: for once only. */
    public static void main(String[] args) {
        try (Dacite dacite = Dacite.open(args[0])) {
            fill(dacite);
        }
    }
}
