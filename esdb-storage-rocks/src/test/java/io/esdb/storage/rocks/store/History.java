package io.esdb.storage.rocks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendConditionFailed;
import io.esdb.AppendResult;
import io.esdb.EventStore;
import io.esdb.WrongExpectedRevision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the children of a store folder attempted, and what they were told: all that has to be so. */
final class History {
    private final Map<Long, Attempt> attempts = new HashMap<>();
    private final Map<Long, AppendResult> acknowledged = new HashMap<>();
    private final Set<Long> refused = new HashSet<>();
    private long lastAcknowledged = -1;

    void add(List<String> reports) {
        for (String report : reports) {
            String text = report.substring(Math.min(2, report.length()));
            switch (report.charAt(0)) {
                case 'S' -> {
                    Attempt attempt = Attempt.parse(text);
                    attempts.put(attempt.number(), attempt);
                }
                case 'A' -> acknowledge(text);
                case 'R' -> refused.add(Long.parseLong(text.substring(0, text.indexOf(' '))));
                case 'X' -> throw new AssertionError("a child saw what must not be: " + text);
                default -> assertThat(report).isEqualTo("opening");
            }
        }
    }

    Attempt attempt(long number) {
        Attempt attempt = attempts.get(number);
        assertThat(attempt).as("attempt " + number).isNotNull();
        return attempt;
    }

    Map<Long, AppendResult> acknowledged() {
        return acknowledged;
    }

    boolean isRefused(Attempt attempt) {
        return attempt.doomed() || refused.contains(attempt.number());
    }

    /** Makes certain, by retries with the same ids, what became of the attempts without an answer. */
    void resolve(EventStore store) {
        if (lastAcknowledged >= 0) {
            long last = lastPosition(store);
            assertThat(store.append(attempt(lastAcknowledged).request())).isEqualTo(acknowledged.get(lastAcknowledged));
            assertThat(lastPosition(store)).isEqualTo(last);
        }
        List<Attempt> open = attempts.values().stream()
                .filter(attempt -> !refused.contains(attempt.number()))
                .filter(attempt -> !acknowledged.containsKey(attempt.number()))
                .toList();
        open.forEach(attempt -> resolve(store, attempt));
    }

    private void resolve(EventStore store, Attempt attempt) {
        long last = lastPosition(store);
        long written = store.event(attempt.id(0)).map(event -> event.position()).orElse(-1L);
        try {
            AppendResult result = store.append(attempt.request());
            assertThat(attempt.doomed())
                    .as("doomed, and written by a retry: " + attempt)
                    .isFalse();
            assertThat(result.firstPosition()).as("a retry of " + attempt).isEqualTo(written < 0 ? last + 1 : written);
            assertThat(lastPosition(store)).isEqualTo(written < 0 ? last + attempt.size() : last);
            acknowledged.put(attempt.number(), result);
        } catch (WrongExpectedRevision | AppendConditionFailed e) {
            assertThat(written).as("there, and refused by a retry: " + attempt).isEqualTo(-1);
            assertThat(lastPosition(store)).isEqualTo(last);
            refused.add(attempt.number());
        }
    }

    private void acknowledge(String text) {
        int space = text.indexOf(' ');
        lastAcknowledged = Long.parseLong(text.substring(0, space));
        acknowledged.put(lastAcknowledged, Answer.parse(text.substring(space + 1)));
    }

    private static long lastPosition(EventStore store) {
        return store.statistics().lastPosition();
    }
}
