package org.dacite.store;

/** How SQLite reads a typed field out of JSON; numbers may stand in it as numbers or as texts of the same form. */
final class SqliteFields {
    private SqliteFields() {}

    static String field(String name, FieldViews.FieldType type) {
        String value = "json_extract(s.json, '$.\"" + name + "\"')";
        String kind = "json_type(s.json, '$.\"" + name + "\"')";
        String text = "case " + kind + " when 'true' then 'true' when 'false' then 'false' else cast(" + value
                + " as text) end";
        return switch (type) {
            case TEXT -> text;
            case BOOLEAN -> "case " + text + " when 'true' then 1 when 'false' then 0 end";
            case NUMERIC ->
                "case when " + number(text) + " in ('integer', 'real') then cast(" + text + " as numeric) end";
            case BIGINT ->
                "case when " + number(text) + " = 'integer' and cast(cast(" + text + " as integer) as text) = " + text
                        + " then cast(" + text + " as integer) end";
        };
    }

    /** What kind of JSON a text is, null for none. */
    private static String number(String text) {
        return "(select case when json_valid(t) then json_type(t) end from (select " + text + " as t))";
    }
}
