package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FixedLikeTest {
    @Test
    void becomesAGlobWhereThePatternIsAllOfTheOperand() {
        Map.of(
                        "select 1 where a like 'b%'", "select 1 where a glob 'b*'",
                        "select 1 where a LIKE 'b_%' and c not like '%''[*?]'",
                                "select 1 where a glob 'b?*' and c not glob '*''[[][*][?]]'",
                        "select a like 'b' || '%'", "select a like 'b' || '%'",
                        "select a like 'b\\%' escape '\\'", "select a like 'b\\%' escape '\\'",
                        "select a like :b", "select a like :b",
                        "select like('b%', a), 'a like ''b%''' -- a like 'b%'",
                                "select like('b%', a), 'a like ''b%''' -- a like 'b%'",
                        "select (a like 'b%');", "select (a glob 'b*');")
                .forEach((sql, expected) ->
                        assertEquals(expected, FixedLike.asGlob(sql, SqlText.of(sql, "sqlite")), sql));
    }
}
