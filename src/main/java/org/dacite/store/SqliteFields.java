package org.dacite.store;

/**
 * How SQLite reads a typed field out of JSON, which it parses once a row by itself: it remembers what it parsed last. Numbers
 * may stand in it as numbers or as texts of the same form.
 */
final class SqliteFields implements FieldForms {
    private static final String DAY = "[1-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]";
    private static final String MINUTE = DAY + "[T ][0-2][0-9]:[0-5][0-9]";
    private static final String SECOND = MINUTE + ":[0-5][0-9]";

    /** The zone behind a time. */
    private static final String ZONE = "case when t glob '" + MINUTE + "*Z' then 'Z' when t glob '" + MINUTE
            + "*[-+]0[0-9]:[0-5][0-9]' or t glob '" + MINUTE + "*[-+]1[0-4]:[0-5][0-9]' then substr(t, -6) else '' end";

    /** Whether b, which its zone z follows, is a day or a time. */
    private static final String IS_TIME = "strftime('%Y-%m-%d', substr(b, 1, 10)) = substr(b, 1, 10)"
            + " and substr(b, 12, 2) < '24' and (b glob '" + DAY + "' or b glob '" + MINUTE + "' or b glob '" + SECOND
            + "' or b glob '" + SECOND + ".[0-9]*' and substr(b, 21) not glob '*[^0-9]*' and length(b) < 30)";

    private static final String UTC = "strftime('%Y-%m-%dT%H:%M:%S', ";

    @Override
    public String states() {
        return "state_at s";
    }

    @Override
    public String field(String name, FieldViews.FieldType type) {
        String value = "json_extract(s.json, " + path(name) + ")";
        String kind = kind(name);
        String text = "case " + kind + " when 'true' then 'true' when 'false' then 'false' else cast(" + value
                + " as text) end";
        return switch (type) {
            case TEXT -> text;
            case BOOLEAN -> "case " + text + " when 'true' then 1 when 'false' then 0 end";
            case NUMERIC -> numeric(text);
            case DOUBLE ->
                "(select case when abs(d) < 1e-300 then 0.0 when abs(d) <= 1.7e308 then d end from (select cast("
                        + numeric(text) + " as real) as d))";
            case BIGINT -> "case when " + isWhole(text) + " then cast(" + text + " as integer) end";
            case TIMESTAMP -> timestamp(text);
            case DATE -> "substr(" + timestamp(text) + ", 1, 10)";
            case JSON -> "case when " + isGiven(name) + " then s.json -> " + path(name) + " end";
        };
    }

    @Override
    public String isGiven(String name) {
        return "coalesce(" + kind(name) + " <> 'null', 0)";
    }

    @Override
    public String isObject() {
        return "coalesce(json_type(s.json) = 'object', 0)";
    }

    private static String path(String name) {
        return "'$.\"" + name + "\"'";
    }

    private static String kind(String name) {
        return "json_type(s.json, " + path(name) + ")";
    }

    private static String numeric(String text) {
        return "case when " + number(text) + " in ('integer', 'real') then cast(" + text + " as numeric) end";
    }

    private static String isWhole(String text) {
        return number(text) + " = 'integer' and cast(cast(" + text + " as integer) as text) = " + text;
    }

    private static String timestamp(String text) {
        String millis = UTC + "(n - (n % 1000 + 1000) % 1000) / 1000, 'unixepoch') || '.'"
                + " || printf('%03d', (n % 1000 + 1000) % 1000) || 'Z'";
        String iso = "(select " + UTC + "substr(b, 1, 19) || z) || '.' || substr(substr(b, 21) || '000', 1, 3) || 'Z'"
                + " from (select substr(t, 1, length(t) - length(z)) as b, z from (select t, " + ZONE + " as z))"
                + " where " + IS_TIME + ")";
        return "(select case when r >= '1000' then r end from (select case when n is null then " + iso
                + " when n between -30610224000000 and 253402300799999 then " + millis
                + " end as r from (select t, case when "
                + isWhole("t") + " then cast(t as integer) end as n from (select " + text + " as t))))";
    }

    /** What kind of JSON a text is, null for none. */
    private static String number(String text) {
        return "(select case when json_valid(t) then json_type(t) end from (select " + text + " as t))";
    }
}
