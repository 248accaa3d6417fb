package io.esdb.storage.rocks.store;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.Query;
import io.esdb.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An append that fits on a line and is the same wherever it is built from it: all of its content follows from its
 * number.
 *
 * @param number unlike that of any other attempt; part of the ids and the data of its events
 * @param parts what goes to which stream
 * @param tag what its events are tagged with, and what its condition asks for
 * @param after what its condition has seen; {@link #UNCONDITIONAL} for no condition
 * @param doomed whether it has to be refused
 */
record Attempt(long number, List<Part> parts, String tag, long after, boolean doomed) {
    static final long ANY = -2;
    static final long UNCONDITIONAL = -2;

    /** @param expected {@link #ANY}, -1 for no stream, or a revision */
    record Part(String stream, long expected, int events) {
        private static Part parse(String text) {
            String[] fields = text.split("[@x]", -1);
            return new Part(fields[0], Long.parseLong(fields[1]), Integer.parseInt(fields[2]));
        }

        private ExpectedRevision expectation() {
            return expected == ANY ? ExpectedRevision.any() : ExpectedRevision.after(expected);
        }

        @Override
        public String toString() {
            return stream + "@" + expected + "x" + events;
        }
    }

    static Attempt parse(String line) {
        String[] fields = line.split(" ", -1);
        List<Part> parts = Stream.of(fields[1].split(",", -1)).map(Part::parse).toList();
        long after = Long.parseLong(fields[3]);
        return new Attempt(Long.parseLong(fields[0]), parts, fields[2], after, Boolean.parseBoolean(fields[4]));
    }

    /** The number of the attempt that wrote an event. */
    static long numberOf(RecordedEvent event) {
        String head = new String(event.data(), 0, Math.min(60, event.data().length), StandardCharsets.ISO_8859_1);
        return Long.parseLong(head.substring(0, head.indexOf(' ')));
    }

    @Override
    public String toString() {
        String all = parts.stream().map(Part::toString).collect(Collectors.joining(","));
        return number + " " + all + " " + tag + " " + after + " " + doomed;
    }

    int size() {
        return parts.stream().mapToInt(Part::events).sum();
    }

    UUID id(int index) {
        return new UUID(number, index);
    }

    /** The streams of its events, one for each. */
    List<String> streams() {
        List<String> streams = new ArrayList<>();
        parts.forEach(part -> streams.addAll(Collections.nCopies(part.events(), part.stream())));
        return streams;
    }

    AppendRequest request() {
        AppendRequest request = null;
        int index = 0;
        for (Part part : parts) {
            List<EventData> events = new ArrayList<>();
            for (int i = 0; i < part.events(); i++) {
                events.add(event(index++));
            }
            request = request == null
                    ? AppendRequest.to(part.stream(), part.expectation(), events)
                    : request.and(part.stream(), part.expectation(), events);
        }
        AppendRequest whole = Objects.requireNonNull(request);
        return after == UNCONDITIONAL ? whole : whole.onlyIf(AppendCondition.noneMatchesAfter(Query.tags(tag), after));
    }

    /** Its event at this place, with data that says to which append it belongs and how large that is. */
    EventData event(int index) {
        Random random = new Random(number * 31 + index);
        boolean zeros = number % 4 != 0; // which a reader of the log may take for something else than data
        byte[] data = new byte[60 + random.nextInt(zeros ? 4_000 : 500)];
        if (!zeros) {
            random.nextBytes(data);
        }
        byte[] head = (number + " " + index + " " + size() + " ").getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(head, 0, data, 0, head.length);
        byte[] metadata = ("{\"of\":" + number + "}").getBytes(StandardCharsets.UTF_8);
        String type = "Type" + Math.floorMod(number, 5);
        return new EventData(id(index), type, EventData.BYTES, data, EventData.JSON, metadata, Set.of(tag));
    }
}
