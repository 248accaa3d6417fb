package io.esdb.benchmarks;

import io.esdb.RecordedEvent;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Subscription;
import io.esdb.subscriptions.SubscriptionListener;
import io.esdb.subscriptions.Subscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Those of this process. */
final class IdleTransient implements IdleSubscriptions {
    private final Subscriptions subscriptions;
    private final List<Subscription> all = new ArrayList<>();

    IdleTransient(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public void add(int count) throws Exception {
        CountDownLatch caughtUp = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            all.add(subscriptions.subscribe(IdleSubscriptions.selector(i), From.start(), new Nothing(caughtUp)));
        }
        if (!caughtUp.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(caughtUp.getCount() + " have not caught up");
        }
    }

    @Override
    public void check() {
        long running = all.stream()
                .filter(one -> !one.ended().toCompletableFuture().isDone())
                .count();
        Expect.equal("subscriptions that run", all.size(), running);
    }

    @Override
    public void close() {
        subscriptions.close();
    }

    /** Gets nothing. */
    private record Nothing(CountDownLatch caughtUpCount) implements SubscriptionListener {
        @Override
        public void event(RecordedEvent event) {
            throw new IllegalStateException("nothing is selected");
        }

        @Override
        public void caughtUp() {
            caughtUpCount.countDown();
        }
    }
}
