package io.esdb.raft.testkit.soak;

import io.esdb.AppendCondition;
import io.esdb.AppendConditionFailed;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreClosed;
import io.esdb.StoreOverloaded;
import io.esdb.StoreUnavailable;
import io.esdb.WrongExpectedRevision;

/** How a call on a node failed, on its way to the client that made it. */
sealed interface Failure {
    RuntimeException toException();

    static Failure of(Throwable thrown) {
        if (thrown instanceof WrongExpectedRevision e) {
            return new WrongRevision(e.stream(), e.expected(), e.actual());
        }
        if (thrown instanceof AppendConditionFailed e) {
            return new ConditionFailed(e.condition(), e.position());
        }
        if (thrown instanceof IndeterminateAppend e) {
            return new Indeterminate(e.store(), e.reason());
        }
        if (thrown instanceof StoreUnavailable e) {
            return new Unavailable(e.store(), e.reason());
        }
        if (thrown instanceof StoreOverloaded e) {
            return new Overloaded(e.store());
        }
        if (thrown instanceof StoreClosed e) {
            return new Closed(e.store());
        }
        StackTraceElement[] stack = thrown.getStackTrace();
        return new Other(thrown + (stack.length == 0 ? "" : " at " + stack[0]));
    }

    record WrongRevision(String stream, ExpectedRevision expected, long actual) implements Failure {
        @Override
        public RuntimeException toException() {
            return new WrongExpectedRevision(stream, expected, actual);
        }
    }

    record ConditionFailed(AppendCondition condition, long position) implements Failure {
        @Override
        public RuntimeException toException() {
            return new AppendConditionFailed(condition, position);
        }
    }

    record Indeterminate(String store, String reason) implements Failure {
        @Override
        public RuntimeException toException() {
            return new IndeterminateAppend(store, reason, null);
        }
    }

    record Unavailable(String store, String reason) implements Failure {
        @Override
        public RuntimeException toException() {
            return new StoreUnavailable(store, reason, null);
        }
    }

    record Overloaded(String store) implements Failure {
        @Override
        public RuntimeException toException() {
            return new StoreOverloaded(store);
        }
    }

    record Closed(String store) implements Failure {
        @Override
        public RuntimeException toException() {
            return new StoreClosed(store);
        }
    }

    /** One that no call may end in. */
    record Other(String text) implements Failure {
        @Override
        public RuntimeException toException() {
            return new IllegalStateException(text);
        }
    }
}
