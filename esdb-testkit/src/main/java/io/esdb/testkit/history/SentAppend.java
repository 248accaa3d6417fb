package io.esdb.testkit.history;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import io.esdb.ExpectedRevision;
import io.esdb.RecordedEvent;
import io.esdb.StreamAppend;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that was sent with the same event ids, the first time and again, and where it is in the log. */
final class SentAppend {
    /** One time that it was sent. */
    record Attempt(Operation operation, Request.Append sent) {
        Outcome outcome() {
            return operation.outcome();
        }

        AppendRequest request() {
            return sent.request();
        }

        boolean mayHaveWritten() {
            return outcome() instanceof Outcome.Appended
                    || outcome() instanceof Outcome.Unknown
                    || outcome() instanceof Outcome.Failed;
        }
    }

    private final List<Attempt> attempts = new ArrayList<>();
    private final AppendRequest content;
    private final List<RecordedEvent> found = new ArrayList<>();
    private @Nullable AppendResult place;

    SentAppend(Attempt first) {
        this.content = first.request();
        attempts.add(first);
    }

    /** @throws IllegalArgumentException if it carries other events, since then no answer to it can be judged */
    void add(Attempt attempt) {
        if (!sameContent(attempt.request(), content)) {
            throw new IllegalArgumentException("the ids of an append were sent with other content: "
                    + attempts.get(0).operation() + " and " + attempt.operation());
        }
        attempts.add(attempt);
    }

    private static boolean sameContent(AppendRequest one, AppendRequest other) {
        return withoutExpectations(one).equals(withoutExpectations(other));
    }

    private static List<StreamAppend> withoutExpectations(AppendRequest request) {
        return request.streams().stream()
                .map(part -> new StreamAppend(part.stream(), ExpectedRevision.any(), part.events()))
                .toList();
    }

    /** Looks for its events in the log. */
    void locate(FinalLog log) {
        List<StreamRevisions> revisions = new ArrayList<>();
        for (StreamAppend part : content.streams()) {
            int before = found.size();
            part.events().stream().map(event -> log.event(event.id())).forEach(this::addFound);
            if (found.size() == before + part.events().size()) {
                long first = found.get(before).revision();
                revisions.add(new StreamRevisions(
                        part.stream(), first, found.get(found.size() - 1).revision()));
            }
        }
        if (found.size() == content.eventCount() && isAdjacent()) {
            long first = found.get(0).position();
            place = new AppendResult(first, first + found.size() - 1, revisions);
        }
    }

    private void addFound(@Nullable RecordedEvent event) {
        if (event != null) {
            found.add(event);
        }
    }

    private boolean isAdjacent() {
        for (int i = 1; i < found.size(); i++) {
            if (found.get(i).position() != found.get(i - 1).position() + 1) {
                return false;
            }
        }
        return true;
    }

    /** In the order in which they were invoked. */
    List<Attempt> attempts() {
        return attempts;
    }

    AppendRequest content() {
        return content;
    }

    /** Those of its events that are in the log, in the order of the request. */
    List<RecordedEvent> found() {
        return found;
    }

    /** The answer that is true; null unless all of its events are in the log, next to each other. */
    @Nullable
    AppendResult place() {
        return place;
    }

    @Override
    public String toString() {
        return String.join(
                " ; ",
                attempts.stream()
                        .map(Attempt::operation)
                        .map(Operation::toString)
                        .toList());
    }
}
