/**
 * The pure core: what a command does to a store's state. No threads, no clock, no randomness, no I/O, so it can be
 * simulated by the million, and every replica that applies the same commands comes to the same state.
 *
 * <p>A {@link io.esdb.machine.Command} carries its rule, {@code decide}: it reads a {@link io.esdb.machine.State} and
 * answers with a {@link io.esdb.machine.Decision}, a reply and a list of changes, all plain data. Refusals are replies.
 *
 * <h2>Versions of the rules</h2>
 *
 * <p>Version 1: append, delete, tombstone, trim, stream limits, documents. The version moves only by a {@link
 * io.esdb.machine.RaiseVersion} in the log; a rule that changes asks {@link io.esdb.machine.State#counters} which
 * version holds, so that replaying an old log gives the old answers.
 */
@NullMarked
package io.esdb.machine;

import org.jspecify.annotations.NullMarked;
