package org.dacite.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where the time of loads and commits went. Immutable.
 *
 * @param millis how long they took
 * @param threads by thread, what share of that time it was at what, the largest first; what is missing to 1 it was idle
 */
public record CommitShares(long millis, Map<String, Map<Activity, Double>> threads) {
    /** Members {@code ms} and one a thread. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("ms", millis);
        threads.forEach((thread, shares) -> {
            Map<String, Object> member = new LinkedHashMap<>();
            shares.forEach((activity, share) -> member.put(activity.member(), Math.round(share * 1e3) / 1e3));
            map.put(thread.replace('-', '_'), member);
        });
        return map;
    }

    /** As a table for people. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "where %,d ms of load and commits went%n", millis));
        threads.forEach((thread, shares) -> shares.forEach((activity, share) -> out.append(
                String.format(Locale.ROOT, "%-16s %-28s %5.1f%%%n", thread, activity.label(), 100 * share))));
        return out.toString();
    }
}
