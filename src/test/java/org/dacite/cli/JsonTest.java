package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void escapesWhatItMustAndNothingElse() {
        assertEquals(
                "{\"a\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u007fé𝄞\"}",
                Json.object().with("a", "\"\\/\b\f\n\r\t\u0001\u001f\u007fé𝄞").toString());
    }

    @Test
    void writesEveryKind() {
        assertEquals(
                "{\"n\":null,\"i\":1,\"d\":1.5,\"nan\":\"NaN\",\"t\":true,\"text\":\"x\",\"bytes\":\"0xff\",\"a\":[1,\"y\",{}],\"e\":[],\"o\":{\"p\":2}}",
                Json.object()
                        .with("n", null)
                        .with("i", 1)
                        .with("d", 1.5)
                        .with("nan", Double.NaN)
                        .with("t", true)
                        .with("text", "x".getBytes(StandardCharsets.UTF_8))
                        .with("bytes", new byte[] {-1})
                        .with("a", List.of(1, "y", Json.object()))
                        .with("e", List.of())
                        .with("o", Json.object().with("p", 2))
                        .toString());
    }
}
