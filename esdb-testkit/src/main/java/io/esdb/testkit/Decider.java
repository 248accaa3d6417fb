package io.esdb.testkit;

import java.util.List;

/**
 * A pure decision: what a command makes of what has happened so far. It reads nothing but its arguments, so it can be
 * tested without a store, see {@link DeciderTest}.
 *
 * @param <C> the commands
 * @param <S> the state that decisions rest on
 * @param <E> the events
 */
public interface Decider<C, S, E> {
    /** The state before the first event. */
    S initial();

    /** The state after one more event. */
    S evolve(S state, E event);

    /**
     * What happens when the command meets the state; nothing, if the list is empty.
     *
     * @throws RuntimeException of the domain's own, to refuse the command
     */
    List<E> decide(C command, S state);

    /** The state after these events. */
    default S fold(Iterable<? extends E> events) {
        S state = initial();
        for (E event : events) {
            state = evolve(state, event);
        }
        return state;
    }
}
