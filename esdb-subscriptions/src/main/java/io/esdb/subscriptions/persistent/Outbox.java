package io.esdb.subscriptions.persistent;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.StreamAppend;
import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import io.esdb.subscriptions.persistent.Verdict.Ruling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a consumer has to say and has not been told to be taken. One thread at a time. */
final class Outbox {
    private static final int MOST_BYTES = 900 * 1024;
    private static final int MOST_MERGED = 1_000;

    private final List<Item> items = new ArrayList<>();

    /** The last item of each lane; what workers say has no order among them. */
    private final Map<Integer, Item> last = new HashMap<>();

    private static final class Item {
        final Sent first;
        final List<Long> sequences;
        final Outcome outcome;
        final Ruling ruling;
        final int bytes;

        /** The first poll that carried it; 0 if none did. */
        long sentIn;

        Item(Sent first, List<Long> sequences, Ruling ruling, Outcome outcome) {
            this.first = first;
            this.sequences = new ArrayList<>(sequences);
            this.ruling = ruling;
            this.outcome = outcome;
            this.bytes = 64 + outcome.reason().length() * 3 + sizeOf(outcome.append());
        }

        boolean isPlain() {
            return ruling == Ruling.ACK && outcome.append() == null;
        }

        boolean takesMore() {
            return isPlain() && sentIn == 0 && sequences.size() < MOST_MERGED;
        }
    }

    /** About how many bytes an append takes; not less than it does. */
    static int sizeOf(@Nullable AppendRequest append) {
        long size = 0;
        if (append != null) {
            for (StreamAppend one : append.streams()) {
                size += 64 + one.stream().length() * 3L;
                for (EventData event : one.events()) {
                    size += 128 + event.size() + event.type().length() * 3L;
                    size += event.contentType().length() * 3L
                            + event.metadataContentType().length() * 3L;
                    size += event.tags().stream()
                            .mapToLong(tag -> 4 + tag.length() * 3L)
                            .sum();
                }
            }
            size += append.condition() == null ? 0 : 100_000;
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    /** @param first the first of the deliveries, all of one worker */
    void add(Sent first, List<Long> sequences, Ruling ruling, Outcome outcome) {
        Item more = new Item(first, sequences, ruling, outcome);
        Item before = last.get(first.lane());
        if (before != null && before.takesMore() && more.isPlain()) {
            before.sequences.addAll(sequences);
        } else {
            items.add(more);
            last.put(first.lane(), more);
        }
    }

    /** What a poll of this number carries: the oldest, as many as fit. */
    List<Verdict> forPoll(long number) {
        List<Verdict> verdicts = new ArrayList<>();
        long bytes = 0;
        for (Item item : items) {
            bytes += item.bytes + item.sequences.size() * 8L;
            if (bytes > MOST_BYTES && !verdicts.isEmpty()) {
                break;
            }
            item.sentIn = item.sentIn == 0 ? number : item.sentIn;
            verdicts.add(new Verdict(item.sequences, item.ruling, item.outcome.reason(), item.outcome.append()));
        }
        return verdicts;
    }

    /** A poll was answered, so all that it carried was taken. */
    void answered(long number) {
        forget(item -> item.sentIn != 0 && item.sentIn <= number);
    }

    /**
     * The leader has taken deliveries of a worker back up to a sequence, so it passes over what is said of them. They come
     * again: a key must not stay barred for one that failed.
     */
    void recalled(int lane, long through) {
        forget(item -> item.first.lane() == lane && item.sequences.stream().allMatch(sequence -> sequence <= through));
    }

    private void forget(Predicate<Item> which) {
        items.removeIf(which);
        last.values().removeIf(which);
    }

    boolean hasUnsent() {
        return !items.isEmpty() && items.get(items.size() - 1).sentIn == 0;
    }

    /** What has to wait for an event of which the leader does not know yet that it has failed. */
    Predicate<Sent> barred() {
        List<Predicate<Sent>> each = items.stream()
                .filter(item -> !item.outcome.settles())
                .map(item -> item.outcome.barred(item.first))
                .toList();
        return sent -> each.stream().anyMatch(one -> one.test(sent));
    }

    void clear() {
        items.clear();
        last.clear();
    }
}
