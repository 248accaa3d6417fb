package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.IndeterminateAppend;
import io.esdb.StoreClosed;
import io.esdb.StoreUnavailable;
import io.esdb.raft.SimulatedNode.Submitted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** What has to be true once everything has healed. */
final class LogCheck {
    private final LogSimulation run;
    private final Map<Key, List<Place>> places = new HashMap<>();

    LogCheck(LogSimulation run) {
        this.run = run;
    }

    /** @param orderly whether the Raft log has kept the order of what it was given */
    void run(boolean orderly) {
        boolean ordered = read();
        for (SimulatedNode node : run.nodes) {
            node.all.forEach(this::check);
        }
        assertThat(places).as("what nobody has submitted").isEmpty();
        assertThat(ordered || !orderly).as("the order of what one node submits").isTrue();
    }

    /** True if what one node has submitted came in order. */
    private boolean read() {
        boolean ordered = true;
        Map<Long, Long> last = new HashMap<>();
        for (int index = 0; index < run.raft.committed.size(); index++) {
            List<Item> items = LogSimulation.itemsOf(run.raft.committed.get(index));
            for (int i = 0; i < items.size(); i++) {
                Item item = items.get(i);
                places.computeIfAbsent(new Key(item.origin(), item.seq()), key -> new ArrayList<>())
                        .add(new Place(index, i, item.command()));
                Long before = last.put(item.origin(), item.seq());
                ordered &= before == null || item.seq() > before;
            }
        }
        return ordered;
    }

    private void check(Submitted submitted) {
        Key key = new Key(submitted.origin, submitted.seq);
        List<Place> applied = places.containsKey(key) ? places.remove(key) : List.of();
        assertThat(applied).as("%s is applied at most once", key).hasSizeLessThan(2);
        applied.forEach(place -> assertThat(place.command).isEqualTo(submitted.command));
        if (!submitted.reply.isDone()) {
            assertThat(submitted.forgotten).as("%s is stuck", key).isTrue();
            run.count("forgotten");
        } else if (!submitted.reply.isCompletedExceptionally()) {
            assertThat(applied).as("%s was answered, so it is applied", key).hasSize(1);
            Place place = applied.get(0);
            assertThat(submitted.reply.join()).isEqualTo(LogSimulation.reply(place.index, place.position));
            run.count("answered");
        } else {
            Throwable failure = failureOf(submitted);
            if (failure instanceof StoreUnavailable || failure instanceof StoreClosed) {
                assertThat(applied).as("%s failed for certain", key).isEmpty();
            } else {
                assertThat(failure).isInstanceOf(IndeterminateAppend.class);
            }
            run.count(failure.getClass().getSimpleName() + (applied.isEmpty() ? "" : ", applied"));
        }
    }

    private static Throwable failureOf(Submitted submitted) {
        try {
            submitted.reply.join();
            throw new AssertionError("it has not failed");
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    private record Key(long origin, long seq) {}

    private record Place(int index, int position, byte[] command) {}
}
