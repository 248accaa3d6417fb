package io.esdb.testkit.history;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import io.esdb.Direction;
import io.esdb.EventData;
import io.esdb.EventPage;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.StreamAppend;
import io.esdb.StreamRead;
import io.esdb.testkit.history.Outcome.Appended;
import io.esdb.testkit.history.Outcome.Found;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A history made by hand, and the log it left behind. Times are small numbers. */
final class Story {
    static final ExpectedRevision ANY = ExpectedRevision.any();

    private final List<RecordedEvent> log = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private int opening;

    static EventData event(String... tags) {
        return EventData.json("Told", "{}".getBytes(StandardCharsets.UTF_8)).withTags(tags);
    }

    static AppendRequest to(String stream, EventData... events) {
        return AppendRequest.to(stream, ANY, events);
    }

    static AppendRequest at(String stream, long head) {
        return AppendRequest.to(stream, ExpectedRevision.after(head), event());
    }

    /** Puts an append at the end of the log; the answer is the true one. */
    AppendResult write(AppendRequest request) {
        long first = log.size();
        List<StreamRevisions> revisions = new ArrayList<>();
        for (StreamAppend part : request.streams()) {
            long revision = head(part.stream()) + 1;
            part.events().forEach(event -> write(part.stream(), event));
            revisions.add(new StreamRevisions(part.stream(), revision, head(part.stream())));
        }
        return new AppendResult(first, log.size() - 1L, revisions);
    }

    void write(String stream, EventData event) {
        log.add(new RecordedEvent(
                log.size(),
                stream,
                head(stream) + 1,
                event.id(),
                event.type(),
                event.contentType(),
                event.data(),
                event.metadataContentType(),
                event.metadata(),
                event.tags(),
                1_000L + log.size()));
    }

    private long head(String stream) {
        return log.stream().filter(event -> event.stream().equals(stream)).count() - 1;
    }

    /** Lets what follows happen at another opening of a store. */
    Story opening(int opening) {
        this.opening = opening;
        return this;
    }

    /** An append that is in the log, and acknowledged. */
    AppendResult appended(long invoked, long ended, AppendRequest request) {
        AppendResult result = write(request);
        append(invoked, ended, request, new Appended(result));
        return result;
    }

    void append(long invoked, long ended, AppendRequest request, Outcome outcome) {
        add(invoked, ended, new Request.Append(request, false), outcome);
    }

    void retry(long invoked, long ended, AppendRequest request, Outcome outcome) {
        add(invoked, ended, new Request.Append(request, true), outcome);
    }

    /** A read that sees the log up to a position, rightly. */
    void read(long invoked, long ended, StreamRead read, long asOf) {
        read(invoked, ended, read, page(read, asOf));
    }

    void read(long invoked, long ended, StreamRead read, EventPage page) {
        add(invoked, ended, new Request.ReadStream(read), new Found(page));
    }

    /** A read that sees the log up to a position, rightly. */
    void read(long invoked, long ended, LogRead read, long asOf) {
        add(invoked, ended, new Request.ReadLog(read), new Found(page(read, asOf)));
    }

    void read(long invoked, long ended, LogRead read, EventPage page) {
        add(invoked, ended, new Request.ReadLog(read), new Found(page));
    }

    void add(long invoked, long ended, Request request, Outcome outcome) {
        operations.add(new Operation(0, opening, opening, invoked, ended, request, outcome));
    }

    EventPage page(StreamRead read, long asOf) {
        boolean forward = read.direction() == Direction.FORWARD;
        return page(
                event -> event.stream().equals(read.stream())
                        && (forward ? event.revision() >= read.from() : event.revision() <= read.from()),
                forward,
                read.limit(),
                asOf);
    }

    EventPage page(LogRead read, long asOf) {
        boolean forward = read.direction() == Direction.FORWARD;
        return page(
                event -> read.query().matches(event)
                        && (forward ? event.position() >= read.from() : event.position() <= read.from()),
                forward,
                read.limit(),
                asOf);
    }

    private EventPage page(Predicate<RecordedEvent> wanted, boolean forward, int limit, long asOf) {
        List<RecordedEvent> events = new ArrayList<>(log.stream()
                .filter(event -> event.position() <= asOf)
                .filter(wanted)
                .toList());
        if (!forward) {
            Collections.reverse(events);
        }
        boolean end = events.size() <= limit;
        return new EventPage(end ? events : events.subList(0, limit), 0, end, asOf);
    }

    List<RecordedEvent> log() {
        return log;
    }

    /** Replaces an event of the log. */
    void change(int index, UnaryOperator<RecordedEvent> change) {
        log.set(index, change.apply(log.get(index)));
    }

    List<Violation> check() {
        return check(NodeContent.of(0, log));
    }

    List<Violation> check(NodeContent... contents) {
        return HistoryChecker.check(new History(operations), List.of(contents));
    }

    /** The rules that the story breaks. */
    List<Rule> broken() {
        return check().stream().map(Violation::rule).toList();
    }

    List<Rule> broken(NodeContent... contents) {
        return check(contents).stream().map(Violation::rule).toList();
    }
}
