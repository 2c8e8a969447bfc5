package org.dacite.drawing;

import java.util.ArrayList;
import java.util.List;

/**
 * What a picture says of itself.
 *
 * @param title one line
 * @param lines more of them, below the title
 * @param against what the other tree is called, of which the shared parts are told; null for none
 */
public record Caption(String title, List<String> lines, String against) {
    public Caption {
        lines = List.copyOf(lines);
    }

    /** The same with one line more. */
    public Caption with(String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return new Caption(title, more, against);
    }
}
