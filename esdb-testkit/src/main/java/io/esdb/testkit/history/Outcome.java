package io.esdb.testkit.history;

import io.esdb.AppendResult;
import io.esdb.EventPage;

/** How a request ended, as the client was told. */
public sealed interface Outcome {

    /**
     * The append was acknowledged.
     *
     * @param result the answer
     */
    record Appended(AppendResult result) implements Outcome {
        @Override
        public String toString() {
            return Text.of(result);
        }
    }

    /**
     * The read was answered.
     *
     * @param page the answer
     */
    record Found(EventPage page) implements Outcome {
        @Override
        public String toString() {
            return Text.of(page);
        }
    }

    /**
     * The append was refused because a stream was not where it was expected.
     *
     * @param stream the stream
     * @param actual the last revision that the refusal names
     */
    record WrongRevision(String stream, long actual) implements Outcome {
        @Override
        public String toString() {
            return "refused, '" + stream + "' is at " + actual;
        }
    }

    /**
     * The append was refused because its condition did not hold.
     *
     * @param position the position that the refusal names
     */
    record ConditionFailed(long position) implements Outcome {
        @Override
        public String toString() {
            return "refused, an excluded event is at position " + position;
        }
    }

    /**
     * The store did not take the request: it is unavailable, overloaded or closed. Nothing was written.
     *
     * @param reason what the store said
     */
    record NotDone(String reason) implements Outcome {
        @Override
        public String toString() {
            return "not done: " + reason;
        }
    }

    /**
     * The append may or may not have been written, at any time since.
     *
     * @param reason why nobody knows
     */
    record Unknown(String reason) implements Outcome {
        @Override
        public String toString() {
            return "unknown: " + reason;
        }
    }

    /**
     * The request ended in a way that no request of its kind may end in.
     *
     * @param reason the failure
     */
    record Failed(String reason) implements Outcome {
        @Override
        public String toString() {
            return "failed: " + reason;
        }
    }
}
