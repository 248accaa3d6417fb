package io.esdb.storage.rocks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds a whole store against a history. */
final class Audit {
    private final EventStore store;
    private final History history;
    private final Map<String, List<RecordedEvent>> streams = new HashMap<>();
    private final Map<Long, AppendResult> found = new HashMap<>();

    private Audit(EventStore store, History history) {
        this.store = store;
        this.history = history;
    }

    /** Everything acknowledged is there once and where it was said, nothing refused is, and nothing is there in part. */
    static void check(EventStore store, History history) {
        assertThat(store.verify().problems()).isEmpty();
        Audit audit = new Audit(store, history);
        audit.readLog();
        audit.checkAnswers();
        audit.checkStreams();
    }

    private void readLog() {
        List<RecordedEvent> log =
                Pages.stream(store, LogRead.forward().limit(5_000)).toList();
        assertThat(log).hasSize(Math.toIntExact(store.statistics().lastPosition() + 1));
        int next = 0;
        while (next < log.size()) {
            Attempt attempt = history.attempt(Attempt.numberOf(log.get(next)));
            assertThat(history.isRefused(attempt))
                    .as("refused, and there: " + attempt)
                    .isFalse();
            assertThat(log.size() - next).as("events left for " + attempt).isGreaterThanOrEqualTo(attempt.size());
            readAppend(attempt, log.subList(next, next + attempt.size()), next);
            next += attempt.size();
        }
    }

    private void readAppend(Attempt attempt, List<RecordedEvent> events, long position) {
        List<String> names = attempt.streams();
        for (int i = 0; i < events.size(); i++) {
            RecordedEvent event = events.get(i);
            List<RecordedEvent> stream = streams.computeIfAbsent(names.get(i), name -> new ArrayList<>());
            assertThat(event.position()).isEqualTo(position + i);
            assertThat(event.stream()).isEqualTo(names.get(i));
            assertThat(event.revision()).as("revision of " + event).isEqualTo(stream.size());
            assertThat(contentOf(event)).isEqualTo(attempt.event(i));
            stream.add(event);
        }
        List<StreamRevisions> revisions = attempt.parts().stream()
                .map(part -> new StreamRevisions(
                        part.stream(),
                        streams.get(part.stream()).size() - part.events(),
                        streams.get(part.stream()).size() - 1L))
                .toList();
        AppendResult result = new AppendResult(position, position + events.size() - 1, revisions);
        assertThat(found.put(attempt.number(), result))
                .as("there twice: " + attempt)
                .isNull();
    }

    private void checkAnswers() {
        Map<Long, AppendResult> there = new HashMap<>(found);
        there.keySet().retainAll(history.acknowledged().keySet());
        if (!there.equals(history.acknowledged())) {
            Set<Map.Entry<Long, AppendResult>> lost =
                    new HashSet<>(history.acknowledged().entrySet());
            lost.removeAll(there.entrySet());
            assertThat(lost).as("acknowledged, and not there so").isEmpty();
        }
    }

    private void checkStreams() {
        assertThat(store.streams("", "", 10_000).streams()).containsExactlyInAnyOrderElementsOf(streams.keySet());
        streams.forEach((name, events) -> {
            StreamRead read = StreamRead.forward(name).limit(5_000);
            assertThat(Pages.stream(store, read).toList().equals(events))
                    .as("stream " + name)
                    .isTrue();
        });
    }

    private static EventData contentOf(RecordedEvent event) {
        return new EventData(
                event.id(),
                event.type(),
                event.contentType(),
                event.data(),
                event.metadataContentType(),
                event.metadata(),
                event.tags());
    }
}
