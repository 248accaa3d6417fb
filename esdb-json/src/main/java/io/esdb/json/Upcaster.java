package io.esdb.json;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Turns the data of one schema version into that of the next. It gets a tree of its own, so it may change and return
 * it. Fractions arrive as exact decimals. It must give the same result for the same data, every time, and it may be
 * called by several threads at once.
 */
@FunctionalInterface
public interface Upcaster {
    /**
     * Makes the next version.
     *
     * @param data the event's data in the older version
     * @return the data in the next version: {@code data} itself or another object
     */
    ObjectNode upcast(ObjectNode data);
}
