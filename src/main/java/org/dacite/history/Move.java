package org.dacite.history;

import org.dacite.store.Revision;

/** What came of moving a branch. */
public sealed interface Move {
    /**
     * It moved.
     *
     * @param from where it stood
     * @param to where it stands
     * @param dropped how many revisions were on its line and are not any more; 0: a fast-forward
     * @param adopted how many are now and were not before; 0: it went back, or stayed
     */
    record Done(Revision from, Revision to, long dropped, long adopted) implements Move {}

    /**
     * It stays where it is: that is not in the past of where it should go.
     *
     * @param head where it stands
     * @param to where it should have gone
     */
    record NotAnAncestor(Revision head, Revision to) implements Move {}

    /**
     * It stays where it is: somebody else moved it since it was looked at.
     *
     * @param expected where it should have stood
     * @param found where it stands
     */
    record MovedMeanwhile(Revision expected, Revision found) implements Move {}
}
