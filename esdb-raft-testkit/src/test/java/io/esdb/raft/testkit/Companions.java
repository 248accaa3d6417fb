package io.esdb.raft.testkit;

import io.esdb.NodeRole;
import io.esdb.StoreStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The nodes beside the tested one. */
final class Companions implements AutoCloseable {
    private final List<Companion> all;
    private final Companion first;

    Companions(List<Companion> all) {
        this.all = List.copyOf(all);
        this.first = all.get(0);
    }

    /** The name of one that is not this one. */
    String other(String name) {
        return all.stream()
                .map(Companion::name)
                .filter(other -> !other.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Begins to open a new store, or one that is open already; it is open once the tested node is there too. */
    void open(String store) {
        all.forEach(companion -> companion.open(store));
        all.forEach(companion -> companion.awaitBegun(store));
    }

    /** Opens a store that the tested node has already, one after the other. */
    void join(String store) {
        all.forEach(companion -> {
            companion.open(store);
            companion.awaitOpen(store);
        });
    }

    /** The last entry that is decided, as the one that leads knows; {@link Long#MAX_VALUE} while none leads. */
    long committed(String store) {
        return leader(store)
                .flatMap(companion -> companion.status(store))
                .map(StoreStatus::committed)
                .orElse(Long.MAX_VALUE);
    }

    private Optional<Companion> leader(String store) {
        return all.stream()
                .filter(companion -> companion
                        .status(store)
                        .map(status -> status.role() == NodeRole.LEADER)
                        .orElse(false))
                .findFirst();
    }

    /**
     * The tested node has closed the store. The last one that is left must be a cluster of one, or it would wait for
     * somebody to hand over to.
     */
    void drop(String store) {
        all.forEach(companion -> companion.awaitOpen(store));
        Companion last = Awaitility.await("a leader of " + store)
                .atMost(Companion.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .until(() -> leader(store), Optional::isPresent)
                .orElseThrow();
        last.remove(store, SharedCluster.TESTED);
        all.stream().filter(other -> other != last).forEach(other -> {
            last.remove(store, other.name());
            other.drop(store);
        });
        last.drop(store);
    }

    /** The tested node has closed all stores. */
    void forget() {
        first.names().forEach(this::drop);
        all.forEach(Companion::renew);
    }

    @Override
    public void close() {
        all.forEach(Companion::close);
    }
}
