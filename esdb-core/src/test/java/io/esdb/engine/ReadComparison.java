package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.Consistency;
import io.esdb.Direction;
import io.esdb.EventPage;
import io.esdb.IndexKind;
import io.esdb.Limits;
import io.esdb.LogRead;
import io.esdb.Query;
import io.esdb.RecordedEvent;
import io.esdb.StreamInfo;
import io.esdb.StreamInfo.Status;
import io.esdb.StreamRead;
import io.esdb.machine.StoredEvent;
import io.esdb.spi.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Holds what reads of a storage find against what the model would show. */
final class ReadComparison {
    private final Storage storage;
    private final RecentEvents recent;
    private final NaiveStore model;
    private final Random random;
    private final long clock;
    private final RandomQueries queries;
    private int remembered;

    /** @param recent the newest events, in memory: pages are read from there where that is possible */
    ReadComparison(Storage storage, RecentEvents recent, NaiveStore model, Random random, long clock) {
        this.storage = storage;
        this.recent = recent;
        this.model = model;
        this.random = random;
        this.clock = clock;
        this.queries = new RandomQueries(random);
    }

    /** Returns how many pages came from memory. */
    int run() {
        try (StoreView view = StoreView.of(storage)) {
            log(view, Query.all());
            for (int i = 0; i < 4; i++) {
                log(view, queries.any());
                log(view, queries.indexed());
            }
            RandomQueries.STREAMS.forEach(stream -> stream(view, stream));
            singleEvents(view);
            records(view);
            names(view);
            assertThat(view.lastPosition()).isEqualTo(model.last());
            assertThat(view.progress().counters().streams()).isEqualTo(model.streams.size());
            assertThat(view.progress().counters().version()).isEqualTo(model.version());
        }
        return remembered;
    }

    private void log(StoreView view, Query query) {
        Direction direction = direction();
        Limits limits = limits();
        LogReader reader = new LogReader(view, limits, clock);
        Set<IndexKind> indexes =
                view.settings() == null ? Set.of() : view.settings().indexes();
        RecentReader memory = new RecentReader(recent, limits, indexes);
        LogRead read = new LogRead(query, from(model.last(), direction), direction, limit(), Consistency.LOCAL);
        List<RecordedEvent> expected = inDirection(
                direction,
                model.log.stream()
                        .filter(event -> NaiveStore.matches(query, event))
                        .filter(event -> reaches(read.from(), event.position(), direction))
                        .toList());
        EventPage end = compare(read.from(), from -> page(memory, reader, read.from(from)), expected);
        boolean forward = direction == Direction.FORWARD;
        assertThat(end.next()).isEqualTo(forward ? Math.max(read.from(), model.last() + 1) : -1);
    }

    private EventPage page(RecentReader memory, LogReader reader, LogRead read) {
        EventPage page = memory.read(read);
        remembered += page == null ? 0 : 1;
        return page == null ? reader.read(read) : page;
    }

    private void stream(StoreView view, String name) {
        NaiveStream stream = model.streams.get(name);
        long head = stream == null ? -1 : stream.head;
        Direction direction = direction();
        StreamReader reader = new StreamReader(view, limits(), clock);
        StreamRead read = new StreamRead(name, from(head, direction), direction, limit(), Consistency.LOCAL);
        List<RecordedEvent> expected = inDirection(
                direction,
                model.log.stream()
                        .filter(event -> event.stream().equals(name))
                        .filter(event -> reaches(read.from(), event.revision(), direction))
                        .toList());
        EventPage end = compare(read.from(), from -> reader.read(read.from(from)), expected);
        boolean forward = direction == Direction.FORWARD;
        assertThat(end.next()).isEqualTo(forward ? Math.max(read.from(), head + 1) : -1);
        info(view, name, stream);
    }

    private void info(StoreView view, String name, NaiveStream stream) {
        StreamInfo info = new Inspection(view, clock).stream(name).orElse(null);
        if (stream == null) {
            assertThat(info).isNull();
            return;
        }
        Status status = stream.tombstoned ? Status.TOMBSTONED : stream.deleted ? Status.DELETED : Status.ACTIVE;
        assertThat(info.status()).isEqualTo(status);
        assertThat(info.lastRevision()).isEqualTo(stream.head);
        assertThat(info.count())
                .isEqualTo(model.log.stream()
                        .filter(event -> event.stream().equals(name) && model.shows(event, clock))
                        .count());
    }

    private void singleEvents(StoreView view) {
        for (int i = 0; i < 5 && !model.log.isEmpty(); i++) {
            NaiveEvent event = queries.pick(model.log);
            assertThat(new Inspection(view, clock).event(event.data().id()).orElse(null))
                    .isEqualTo(model.shows(event, clock) ? event.recorded() : null);
        }
    }

    /** What is swept is really gone, and everything else is as it was appended. */
    private void records(StoreView view) {
        for (NaiveEvent event : model.log) {
            StoredEvent stored = EventLookup.at(view.view(), event.position());
            StoredEvent whole = new StoredEvent(
                    event.recorded(),
                    stored.streamId(),
                    (int) (event.position() - event.appendStart()),
                    stored.appendSize());
            StoredEvent expected = model.isSwept(event) ? whole.swept() : whole;
            if (!stored.equals(expected)) {
                assertThat(stored).isEqualTo(expected);
            }
        }
    }

    private void names(StoreView view) {
        assertThat(new StreamLister(view).list("a", "", 100).streams())
                .isEqualTo(model.streams.keySet().stream()
                        .filter(name ->
                                name.startsWith("a") && model.streams.get(name).isActive())
                        .toList());
    }

    /** Walks all pages; the last one is returned. */
    private EventPage compare(long from, LongFunction<EventPage> reader, List<RecordedEvent> expected) {
        List<RecordedEvent> found = new ArrayList<>();
        EventPage page = reader.apply(from);
        found.addAll(page.events());
        while (!page.end()) {
            long next = page.next();
            page = reader.apply(next);
            assertThat(page.end() || page.next() != next).isTrue();
            found.addAll(page.events());
        }
        assertThat(page.asOf()).isEqualTo(model.last());
        if (!found.equals(expected)) {
            assertThat(found).isEqualTo(expected);
        }
        return page;
    }

    private List<RecordedEvent> inDirection(Direction direction, List<NaiveEvent> events) {
        List<RecordedEvent> shown = new ArrayList<>();
        for (NaiveEvent event : events) {
            if (model.shows(event, clock)) {
                shown.add(direction == Direction.FORWARD ? shown.size() : 0, event.recorded());
            }
        }
        return shown;
    }

    private static boolean reaches(long from, long place, Direction direction) {
        return direction == Direction.FORWARD ? place >= from : place <= from;
    }

    private Direction direction() {
        return random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD;
    }

    private long from(long last, Direction direction) {
        long[] places = {0, direction == Direction.FORWARD ? 0 : Long.MAX_VALUE, random.nextInt((int) last + 3)};
        return LongStream.of(places).skip(random.nextInt(3)).findFirst().orElseThrow();
    }

    private int limit() {
        return random.nextBoolean() ? 1_000 : 1 + random.nextInt(20);
    }

    private Limits limits() {
        return random.nextBoolean()
                ? Limits.defaults()
                : Limits.defaults().withPages(1 + random.nextInt(20), 1 + random.nextInt(60), 1 + random.nextInt(40));
    }
}
