package org.dacite.context;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dacite.store.Inode;

/** Inodes in a list, whose ids are their places in it from 1 on. */
final class MemoryInodes implements InodeTree.Source, InodeTree.Sink {
    private final List<Inode> inodes = new ArrayList<>();

    InodeTree tree(TezosHash rule) {
        return new InodeTree(rule, this, this);
    }

    int size() {
        return inodes.size();
    }

    /** Puts another in the place of one. */
    void replace(Inode inode) {
        inodes.set((int) inode.id() - 1, inode);
    }

    Inode get(long id) {
        return inodes.get((int) id - 1);
    }

    @Override
    public Map<Long, Inode> inodes(long[] ids) {
        Map<Long, Inode> found = new HashMap<>();
        for (long id : ids) {
            if (id >= 1 && id <= inodes.size()) {
                found.put(id, get(id));
            }
        }
        return found;
    }

    @Override
    public long nextInode() {
        return inodes.size() + 1L;
    }

    @Override
    public void inode(Inode inode) {
        inodes.add(inode);
    }
}
