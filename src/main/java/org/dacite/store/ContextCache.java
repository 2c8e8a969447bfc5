package org.dacite.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** Hashes of directories in memory by the tops of their trees, the last ones used. Rows never change. Any thread. */
final class ContextCache {
    private static final int MAX_DIRECTORIES = 1 << 16;

    private final Map<Long, DirectoryHash> directories = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, DirectoryHash> eldest) {
            return size() > MAX_DIRECTORIES;
        }
    };

    synchronized DirectoryHash directory(long top) {
        return directories.get(top);
    }

    synchronized void put(DirectoryHash directory) {
        directories.put(directory.top(), directory);
    }

    /** Forgets all: a write that was undone may have left what its OIDs will not mean again. */
    synchronized void clear() {
        directories.clear();
    }
}
