package io.esdb.subscriptions;

import io.esdb.RecordedEvent;
import java.time.Duration;

/** Where a {@link Pump} puts events. Calls come one at a time; what they throw ends the pump. */
interface Sink {
    /** Whether it takes an event now. One that has said no wakes the pump by {@link Pump#resume} when it does. */
    boolean wants();

    void event(RecordedEvent event) throws Exception;

    void caughtUp() throws Exception;

    void fellBehind() throws Exception;

    void retrying(RuntimeException failure, Duration pause) throws Exception;

    /** The last call; how it ended, also when cancelled. */
    void ended(SubscriptionEnd end);
}
