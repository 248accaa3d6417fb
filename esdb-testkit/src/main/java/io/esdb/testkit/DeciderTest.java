package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.function.BiFunction;

/**
 * Tests a {@link Decider} in the words of its domain: given what has happened, when a command comes, then this
 * happens.
 *
 * <pre>{@code
 * DeciderTest.of(new Account())
 *         .given(new Opened(), new Deposited(10))
 *         .when(new Withdraw(7))
 *         .thenEvents(new Withdrawn(7));
 * }</pre>
 *
 * <p>Plain functions do as well, such as those of an aggregate:
 *
 * <pre>{@code
 * DeciderTest.of(Account.NONE, Account::decide, Account::evolve)
 * }</pre>
 *
 * <p>Events and states are compared with {@code equals}; records are made for that.
 *
 * @param <C> the commands
 * @param <S> the state
 * @param <E> the events
 */
public final class DeciderTest<C, S, E> {
    private final Decider<C, S, E> decider;

    private DeciderTest(Decider<C, S, E> decider) {
        this.decider = decider;
    }

    /** A test of this decider. */
    public static <C, S, E> DeciderTest<C, S, E> of(Decider<C, S, E> decider) {
        return new DeciderTest<>(decider);
    }

    /**
     * A test of the decider that these functions make.
     *
     * @param initial the state before the first event
     * @param decide what happens when the command meets the state
     * @param evolve the state after one more event
     */
    public static <C, S, E> DeciderTest<C, S, E> of(
            S initial,
            BiFunction<? super S, ? super C, ? extends List<? extends E>> decide,
            BiFunction<? super S, ? super E, ? extends S> evolve) {
        return of(new Functions<>(initial, decide, evolve));
    }

    private record Functions<C, S, E>(
            S initial,
            BiFunction<? super S, ? super C, ? extends List<? extends E>> decide,
            BiFunction<? super S, ? super E, ? extends S> evolve)
            implements Decider<C, S, E> {
        @Override
        public S evolve(S state, E event) {
            return evolve.apply(state, event);
        }

        @Override
        public List<E> decide(C command, S state) {
            return List.copyOf(decide.apply(state, command));
        }
    }

    /** What has happened, in order; none for a fresh start. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final Given<C, S, E> given(E... events) {
        return given(List.of(events));
    }

    /** What has happened, in order; none for a fresh start. */
    public Given<C, S, E> given(List<? extends E> events) {
        return new Given<>(decider, List.copyOf(events));
    }

    /**
     * What has happened.
     *
     * @param <C> the commands
     * @param <S> the state
     * @param <E> the events
     */
    public static final class Given<C, S, E> {
        private final Decider<C, S, E> decider;
        private final List<E> history;

        private Given(Decider<C, S, E> decider, List<E> history) {
            this.decider = decider;
            this.history = history;
        }

        /** The command that comes now. */
        public When<C, S, E> when(C command) {
            return new When<>(decider, history, command);
        }

        /** The state that follows from what has happened. */
        public void thenState(S expected) {
            assertThat(decider.fold(history)).as("the state after " + history).isEqualTo(expected);
        }
    }

    /**
     * A command that meets what has happened. It is decided anew by each question.
     *
     * @param <C> the commands
     * @param <S> the state
     * @param <E> the events
     */
    public static final class When<C, S, E> {
        private final Decider<C, S, E> decider;
        private final List<E> history;
        private final C command;

        private When(Decider<C, S, E> decider, List<E> history, C command) {
            this.decider = decider;
            this.history = history;
            this.command = command;
        }

        /** Exactly these events happen, in this order. */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final When<C, S, E> thenEvents(E... expected) {
            assertThat(decide()).as(scene()).isEqualTo(List.of(expected));
            return this;
        }

        /** Nothing happens. */
        public When<C, S, E> thenNothing() {
            assertThat(decide()).as(scene()).isEmpty();
            return this;
        }

        /** This is the state after what happens now. */
        public When<C, S, E> thenState(S expected) {
            S state = decider.fold(history);
            for (E event : decide()) {
                state = decider.evolve(state, event);
            }
            assertThat(state).as("the state after " + scene()).isEqualTo(expected);
            return this;
        }

        /**
         * The command is refused.
         *
         * @param type the type of the refusal, or a parent of it
         * @return the refusal, to look at
         */
        public <X extends Throwable> X thenFails(Class<X> type) {
            assertThatThrownBy(this::decide).as(scene()).isInstanceOf(type);
            return catchThrowableOfType(type, this::decide);
        }

        private List<E> decide() {
            return decider.decide(command, decider.fold(history));
        }

        private String scene() {
            return "given " + history + " when " + command;
        }
    }
}
