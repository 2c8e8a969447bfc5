package org.dacite.store;

/** A turn that only one can have at a time, across processes, until it is ended or its process dies. */
interface Turn {
    void end();
}
