package org.dacite.drawing;

import java.util.ArrayList;
import java.util.List;

/** Where the boxes of a picture stand: parents in the middle over their children, subtrees as near as they go. */
final class Layout {
    static final int BOX_WIDTH = 136;
    static final int BOX_HEIGHT = 44;
    static final int LEVEL_HEIGHT = 96;
    private static final int GAP = 20;

    private Layout() {}

    /** Gives every box below this one its place, from 0 on; answers how wide that is. */
    static int place(Box top) {
        Outline outline = outline(top);
        int least = outline.left.stream().mapToInt(Integer::intValue).min().orElse(0);
        int most = outline.right.stream().mapToInt(Integer::intValue).max().orElse(0);
        move(top, -least);
        return most - least + BOX_WIDTH;
    }

    /** The outermost places of a subtree, level by level. */
    private record Outline(List<Integer> left, List<Integer> right) {}

    private static Outline outline(Box box) {
        Outline own = new Outline(new ArrayList<>(), new ArrayList<>());
        if (box.left != null) {
            Outline left = outline(box.left);
            Outline right = outline(box.right);
            int apart = 0;
            for (int i = 0; i < Math.min(left.right.size(), right.left.size()); i++) {
                apart = Math.max(apart, left.right.get(i) - right.left.get(i) + BOX_WIDTH + GAP);
            }
            move(box.right, apart);
            box.x = (box.left.x + box.right.x) / 2;
            for (int i = 0; i < Math.max(left.left.size(), right.left.size()); i++) {
                boolean inLeft = i < left.left.size();
                boolean inRight = i < right.left.size();
                own.left.add(inLeft ? left.left.get(i) : right.left.get(i) + apart);
                own.right.add(inRight ? right.right.get(i) + apart : left.right.get(i));
            }
        }
        own.left.add(0, box.x);
        own.right.add(0, box.x);
        return own;
    }

    private static void move(Box box, int by) {
        box.x += by;
        if (box.left != null) {
            move(box.left, by);
            move(box.right, by);
        }
    }
}
