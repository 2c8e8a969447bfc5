package org.dacite.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dacite.hashing.Digest;

/** The nodes of a log in a list; holds both seams to what they say of the order of positions. */
final class MemoryLog implements LogNodeSource, LogNodeSink {
    private final List<Digest> nodes = new ArrayList<>();
    private int calls;

    @Override
    public void node(long position, Digest digest) {
        assertEquals(nodes.size(), position, "the position of the next node");
        nodes.add(digest);
    }

    @Override
    public Map<Long, Digest> nodes(long[] positions) {
        assertTrue(positions.length > 0, "expected a call for at least one position");
        Map<Long, Digest> found = new HashMap<>();
        long last = -1;
        for (long position : positions) {
            assertTrue(position > last, "expected ascending positions, got " + position + " after " + last);
            last = position;
            if (position < nodes.size() && nodes.get((int) position) != null) {
                found.put(position, nodes.get((int) position));
            }
        }
        calls++;
        return found;
    }

    /** How many nodes were appended. */
    int size() {
        return nodes.size();
    }

    Digest node(long position) {
        return nodes.get((int) position);
    }

    /** Loses a node, as a damaged store may. */
    void lose(long position) {
        nodes.set((int) position, null);
    }

    /** How often it was asked for nodes. */
    int calls() {
        return calls;
    }
}
