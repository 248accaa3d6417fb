package io.esdb.aggregates;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A state that no event can be missing from, stand twice in, or come out of turn in without showing.
 *
 * @param count how many events it knows of
 * @param hash of all of them, in order
 */
record Tally(long count, long hash) {
    static final Tally NONE = new Tally(0, 17);

    /** A command: the number of events that it leads to. Each event carries its place by the tally it was decided on. */
    static final Aggregate<Integer, Tally, Long> AGGREGATE = Aggregate.of("tally", NONE, Tally::decide, Tally::evolve);

    static final EventMapping<Long> EVENTS = EventMapping.of(Tally::event, Tally::number);

    static final StateMapping<Tally> STATES = StateMapping.bytes(Tally::bytes, Tally::parse);

    static class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    List<Long> decide(int events) {
        if (events < 0) {
            throw new Refused();
        }
        return IntStream.range(0, events).mapToObj(i -> count + i).toList();
    }

    Tally evolve(long number) {
        return new Tally(count + 1, hash * 31 + number);
    }

    static EventData event(long number) {
        return EventData.json("Counted", Long.toString(number).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Long> number(RecordedEvent event) {
        return event.type().equals("Counted")
                ? Optional.of(Long.parseLong(new String(event.data(), StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    private byte[] bytes() {
        return (count + " " + hash).getBytes(StandardCharsets.UTF_8);
    }

    private static Tally parse(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", 2);
        return new Tally(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    /** What a read of the whole stream folds to. */
    static Tally naive(EventStore store, String stream) {
        Tally tally = NONE;
        for (RecordedEvent event : Pages.iterate(store, StreamRead.forward(stream))) {
            tally = number(event).map(tally::evolve).orElse(tally);
        }
        return tally;
    }

    static List<Long> numbers(EventStore store, String stream) {
        return Pages.stream(store, StreamRead.forward(stream))
                .map(event -> number(event).orElseThrow())
                .collect(Collectors.toList());
    }
}
