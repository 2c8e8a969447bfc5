package org.dacite.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.dacite.history.Dacite;
import org.dacite.store.ReadOnlyQuery;
import org.dacite.store.Revision;

/** An answer, as a list of rows by column. */
final class Asked implements ReadOnlyQuery.Rows {
    static final int TIMEOUT_SECONDS = 60;

    private final List<Map<String, Object>> rows = new ArrayList<>();
    private List<String> columns = List.of();

    /** What a named query answers about the whole map. */
    static Asked query(Dacite dacite, String name, Revision at) {
        return query(dacite, name, Map.of("revision", Long.toString(at.id())), List.of());
    }

    /** What a named query answers about a key; {@code trees} name its tree. */
    static Asked query(Dacite dacite, String name, Revision at, List<byte[]> trees, String key) {
        return query(dacite, name, Map.of("revision", Long.toString(at.id()), "key", key), trees);
    }

    static Asked query(Dacite dacite, String name, Map<String, String> given, List<byte[]> trees) {
        Asked asked = new Asked();
        Queries.named(name).run(dacite.store(), given, trees, TIMEOUT_SECONDS, asked);
        return asked;
    }

    static Asked sql(Dacite dacite, String sql) {
        return sql(dacite, sql, OptionalLong.empty());
    }

    static Asked sql(Dacite dacite, String sql, OptionalLong revision) {
        Asked asked = new Asked();
        ReadOnlySql.run(dacite.store(), sql, revision, TIMEOUT_SECONDS, asked);
        return asked;
    }

    @Override
    public void columns(List<String> names) {
        columns = names;
    }

    @Override
    public void row(List<Object> values) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), values.get(i));
        }
        rows.add(row);
    }

    List<String> columns() {
        return columns;
    }

    List<Map<String, Object>> rows() {
        return rows;
    }

    Map<String, Object> last() {
        return rows.get(rows.size() - 1);
    }

    List<Object> column(String name) {
        return rows.stream().map(row -> row.get(name)).toList();
    }

    /** Each row as its values in these columns, joined by spaces. */
    List<String> lines(String... names) {
        return rows.stream()
                .map(row -> {
                    List<String> line = new ArrayList<>();
                    for (String name : names) {
                        line.add(String.valueOf(row.get(name)));
                    }
                    return String.join(" ", line);
                })
                .toList();
    }
}
