package io.esdb.testkit.history;

import io.esdb.EventData;
import io.esdb.RecordedEvent;
import io.esdb.StreamAppend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The appends of a history, each with all of its retries. */
final class SentAppends {
    private final List<SentAppend> all = new ArrayList<>();
    private final Map<UUID, SentAppend> byId = new HashMap<>();

    /** @throws IllegalArgumentException if clients used an event id for two different events */
    static SentAppends of(History history, FinalLog log) {
        SentAppends appends = new SentAppends();
        for (Operation operation : history.operations()) {
            if (operation.request() instanceof Request.Append sent) {
                appends.add(new SentAppend.Attempt(operation, sent));
            }
        }
        appends.all.forEach(append -> append.locate(log));
        return appends;
    }

    private void add(SentAppend.Attempt attempt) {
        SentAppend known =
                byId.get(attempt.request().streams().get(0).events().get(0).id());
        if (known != null) {
            known.add(attempt);
            return;
        }
        SentAppend append = new SentAppend(attempt);
        all.add(append);
        for (StreamAppend part : attempt.request().streams()) {
            for (EventData event : part.events()) {
                if (byId.put(event.id(), append) != null) {
                    throw new IllegalArgumentException("an event id was used twice: " + attempt.operation());
                }
            }
        }
    }

    List<SentAppend> all() {
        return all;
    }

    /** The append that this event was sent by. */
    @Nullable
    SentAppend sender(RecordedEvent event) {
        return byId.get(event.id());
    }
}
