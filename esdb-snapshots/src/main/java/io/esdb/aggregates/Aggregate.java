package io.esdb.aggregates;

import io.esdb.InvalidInput;
import io.esdb.snapshots.SnapshotKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The rules of an aggregate as pure functions: they read nothing but their arguments and change nothing, so they may be
 * called several times for one command, and by several threads at once.
 *
 * <pre>{@code
 * Aggregate<AccountCommand, Account, AccountEvent> ACCOUNT =
 *         Aggregate.of("account", Account.NONE, Account::decide, Account::evolve);
 * }</pre>
 *
 * @param <C> the commands
 * @param <S> the state that decisions rest on
 * @param <E> the events
 * @param name what it is; the source of its snapshots, see {@link SnapshotKey#source}
 * @param stateVersion the version of the state and of {@code evolve}, 1 or more. Raise it when either changes: snapshots of
 *     other versions are then passed over, and the state is folded anew
 * @param initial the state before the first event
 * @param decide what happens when the command meets the state; nothing, if the list is empty. Refuses the command by an
 *     exception of the domain's own
 * @param evolve the state after one more event
 */
public record Aggregate<C, S, E>(
        String name,
        int stateVersion,
        S initial,
        BiFunction<? super S, ? super C, ? extends List<? extends E>> decide,
        BiFunction<? super S, ? super E, ? extends S> evolve) {

    /** @throws InvalidInput if a component is null, the name breaks the rules of a source, or the version is below 1 */
    public Aggregate {
        Object unused = new SnapshotKey(name, "any", 0); // knows the rules
        Check.between("stateVersion", 1, Integer.MAX_VALUE, stateVersion);
        Check.notNull("initial", initial);
        Check.notNull("decide", decide);
        Check.notNull("evolve", evolve);
    }

    /** An aggregate with the first version of its state. */
    public static <C, S, E> Aggregate<C, S, E> of(
            String name,
            S initial,
            BiFunction<? super S, ? super C, ? extends List<? extends E>> decide,
            BiFunction<? super S, ? super E, ? extends S> evolve) {
        return new Aggregate<>(name, 1, initial, decide, evolve);
    }

    /** The same aggregate with this version of its state. */
    public Aggregate<C, S, E> withStateVersion(int stateVersion) {
        return new Aggregate<>(name, stateVersion, initial, decide, evolve);
    }

    List<E> decided(S state, C command) {
        List<E> events = new ArrayList<>();
        for (E event : Check.notNull("events decided", decide.apply(state, command))) {
            events.add(Check.notNull("event decided", event));
        }
        return List.copyOf(events);
    }

    S evolved(S state, E event) {
        return Check.notNull("state evolved", evolve.apply(state, event));
    }

    S evolved(S state, List<E> events) {
        S next = state;
        for (E event : events) {
            next = evolved(next, event);
        }
        return next;
    }
}
