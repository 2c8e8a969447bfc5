package org.dacite.store;

/** How PostgreSQL reads a typed field out of JSON; numbers may stand in it as numbers or as texts of the same form. */
final class PostgresqlFields implements FieldForms {
    private static final String NUMBER = "'^-?[0-9]{1,200}(\\.[0-9]{1,200})?([eE][+-]?[0-9]{1,3})?$'";
    private static final String WHOLE = "'^(0|-?[1-9][0-9]{0,18})$'";

    /** Days that there are but for those of leap years, and times. */
    private static final String TIME = "'^[1-9][0-9]{3}-"
            + "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))"
            + "([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?)?$'";

    private static final String LEAP_YEAR = "'^([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)'";

    /** A function of the store makes the JSON out of a value: once a row, since what has an offset is not taken apart. */
    @Override
    public String states() {
        return "state_at s cross join lateral (select s.json offset 0) j";
    }

    @Override
    public String field(String name, FieldViews.FieldType type) {
        String text = "(j.json ->> '" + name + "')";
        return switch (type) {
            case TEXT -> text;
            case BOOLEAN -> "case " + text + " when 'true' then true when 'false' then false end";
            case NUMERIC -> numeric(text);
            case DOUBLE ->
                "(select case when abs(d) < 1e-300 then 0 when abs(d) <= 1.7e308 then d end::double precision from (select "
                        + numeric(text) + " as d offset 0) x)";
            case BIGINT ->
                "case when " + text + " ~ " + WHOLE + " then case when " + text
                        + "::numeric between -9223372036854775808 and 9223372036854775807 then " + text
                        + "::bigint end end";
            case TIMESTAMP -> timestamp(text);
            case DATE -> "(" + timestamp(text) + " at time zone 'UTC')::date";
            case JSON -> "nullif(j.json -> '" + name + "', 'null')";
        };
    }

    @Override
    public String isGiven(String name) {
        return "(j.json ->> '" + name + "') is not null";
    }

    @Override
    public String isObject() {
        return "coalesce(jsonb_typeof(j.json) = 'object', false)";
    }

    private static String numeric(String text) {
        return "case when " + text + " ~ " + NUMBER + " then " + text + "::numeric end";
    }

    private static String timestamp(String text) {
        String millis = "case when t::numeric between -30610224000000 and 253402300799999"
                + " then (timestamp 'epoch' + t::bigint / 86400000 * interval '1 day'"
                + " + t::bigint % 86400000 * interval '1 millisecond') at time zone 'UTC' end";
        String iso = "(regexp_replace(t, '(\\.[0-9]{3})[0-9]+', '\\1') || case when length(t) = 10 then ' 00:00Z'"
                + " when t ~ '(Z|[+-][0-9]{2}:[0-9]{2})$' then '' else 'Z' end)::timestamptz";
        return "(select case when r >= '1000-01-01T00:00Z' and r < '10000-01-01T00:00Z' then r end from (select case when t ~ "
                + WHOLE + " then " + millis + " when t ~ " + TIME + " and (substr(t, 6, 5) <> '02-29' or t ~ "
                + LEAP_YEAR
                + ") then " + iso + " end as r from (select " + text + " as t offset 0) x offset 0) y)";
    }
}
