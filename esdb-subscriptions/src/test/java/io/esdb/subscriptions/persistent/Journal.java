package io.esdb.subscriptions.persistent;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A handler that keeps what it is given. */
class Journal implements EventHandler {
    final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    Outcome outcome(Delivery delivery) throws Exception {
        return Outcome.ack();
    }

    @Override
    public Outcome handle(Delivery delivery) throws Exception {
        deliveries.add(delivery);
        return outcome(delivery);
    }

    List<Long> positions() {
        return deliveries.stream().map(delivery -> delivery.event().position()).toList();
    }

    List<Integer> attempts(long position) {
        return deliveries.stream()
                .filter(delivery -> delivery.event().position() == position)
                .map(Delivery::attempt)
                .toList();
    }
}
