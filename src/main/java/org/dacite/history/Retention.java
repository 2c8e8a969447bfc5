package org.dacite.history;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.dacite.store.Keep;

/**
 * Which revisions pruning keeps. {@link #all()} gives nothing up; every other one keeps the heads of all branches, and what
 * one of its rules names. Rules look at what is on the line of a branch or a tag: what is on none is kept by none. Immutable.
 */
public final class Retention {
    private static final String LAST = "last";
    private static final String SINCE = "since";
    private static final String AGE = "age";
    private static final String EVERY = "every";
    private static final String TAGS = "tags";

    private final Map<String, Long> rules;

    private Retention(Map<String, Long> rules) {
        this.rules = rules;
    }

    /** Everything is kept: the rule of a new store. */
    public static Retention all() {
        return new Retention(Map.of());
    }

    /** The heads of branches, and what tags name. */
    public static Retention heads() {
        return new Retention(Map.of(TAGS, 1L));
    }

    /** As they are stored. */
    static Retention ofRules(Map<String, Long> rules) {
        return new Retention(Map.copyOf(rules));
    }

    /** Also the last {@code count} revisions of each branch, its head being the first; 1 or more. */
    public Retention withLast(long count) {
        return with(LAST, count, "a number of revisions");
    }

    /** Also those made at that time, in milliseconds since 1970 UTC, or later, as their authors gave it. */
    public Retention withSince(long timeMillis) {
        return with(SINCE, timeMillis, "a time in milliseconds since 1970");
    }

    /** Also those that were made at most so long ago when pruning looks; 1 ms or more. */
    public Retention withAge(Duration age) {
        return with(AGE, age.toMillis(), "an age in milliseconds");
    }

    /** Also those whose height {@code step} divides; 1 or more. */
    public Retention withEvery(long step) {
        return with(EVERY, step, "a step of heights");
    }

    /** Tags keep nothing. */
    public Retention withoutTags() {
        Map<String, Long> fewer = new LinkedHashMap<>(rules);
        if (fewer.remove(TAGS) != null && fewer.isEmpty()) {
            fewer.put(LAST, 1L); // the heads alone
        }
        return new Retention(fewer);
    }

    /** Whether it gives nothing up. */
    public boolean keepsAll() {
        return rules.isEmpty();
    }

    public OptionalLong last() {
        return rule(LAST);
    }

    public OptionalLong sinceMillis() {
        return rule(SINCE);
    }

    public OptionalLong ageMillis() {
        return rule(AGE);
    }

    public OptionalLong every() {
        return rule(EVERY);
    }

    public boolean tags() {
        return rules.containsKey(TAGS);
    }

    Map<String, Long> rules() {
        return rules;
    }

    /** What it comes to at a time. */
    Keep at(long nowMillis) {
        OptionalLong since = LongStream.concat(
                        sinceMillis().stream(), ageMillis().stream().map(age -> nowMillis - age))
                .min();
        return new Keep(last(), since, every(), tags());
    }

    private OptionalLong rule(String name) {
        Long amount = rules.get(name);
        return amount == null ? OptionalLong.empty() : OptionalLong.of(amount);
    }

    private Retention with(String rule, long amount, String what) {
        if (amount < 1) {
            throw new IllegalArgumentException("expected " + what + " of 1 or more to keep, got " + amount);
        }
        Map<String, Long> more = new LinkedHashMap<>(rules);
        if (more.isEmpty()) {
            more.put(TAGS, 1L);
        }
        more.put(rule, amount);
        return new Retention(more);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Retention retention && rules.equals(retention.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    @Override
    public String toString() {
        return keepsAll() ? "all" : "heads of branches " + rules;
    }
}
