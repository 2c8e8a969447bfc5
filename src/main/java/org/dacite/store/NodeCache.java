package org.dacite.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.dacite.tree.Node;

/** Nodes in memory by link, bounded in bytes. Rows never change, so nothing in it is ever stale. Any thread. */
final class NodeCache {
    private final Cache<Long, Node> nodes;

    NodeCache(long maxBytes) {
        this.nodes = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Long link, Node node) -> node.sizeBytes() + 80)
                .executor(Runnable::run)
                .build();
    }

    Node get(long link) {
        return nodes.getIfPresent(link);
    }

    void put(Node node) {
        nodes.put(node.link(), node);
    }
}
