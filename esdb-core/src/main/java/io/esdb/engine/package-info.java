/**
 * The running store: threads, wiring, the read path. Requests become commands, commands become bytes for the log, the
 * log feeds the state machine, and the state machine commits to the storage; reads go to the storage alone.
 */
@NullMarked
package io.esdb.engine;

import org.jspecify.annotations.NullMarked;
