package io.esdb.engine;

import io.esdb.Limits;
import io.esdb.RecordedEvent;
import io.esdb.StoreStatistics;
import io.esdb.StreamInfo;
import io.esdb.StreamInfo.Status;
import io.esdb.StreamLimits;
import io.esdb.machine.Counters;
import io.esdb.machine.Settings;
import io.esdb.machine.StoredEvent;
import io.esdb.machine.StreamState;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Answers questions about single events, streams and the store as a whole. */
final class Inspection {
    private final StoreView store;
    private final long clockMicros;

    Inspection(StoreView store, long clockMicros) {
        this.store = store;
        this.clockMicros = clockMicros;
    }

    Optional<RecordedEvent> event(UUID id) {
        StoredEvent found = EventLookup.byId(store.view(), id);
        Visibility visibility = new Visibility(store, clockMicros);
        return found == null || !visibility.shows(found.event()) ? Optional.empty() : Optional.of(found.event());
    }

    Optional<StreamInfo> stream(String name) {
        StreamState stream = StreamLookup.find(store.view(), name);
        return stream == null ? Optional.empty() : Optional.of(info(stream));
    }

    private StreamInfo info(StreamState stream) {
        long first = stream.status() == Status.ACTIVE
                ? new StreamReader(store, Limits.defaults(), clockMicros).firstShown(stream)
                : stream.head() + 1;
        return new StreamInfo(stream.name(), stream.status(), first, stream.head(), limits(stream));
    }

    private static StreamLimits limits(StreamState stream) {
        return new StreamLimits(
                stream.maxCount() == 0 ? null : stream.maxCount(),
                stream.maxAgeMicros() == 0 ? null : Duration.of(stream.maxAgeMicros(), ChronoUnit.MICROS));
    }

    StoreStatistics statistics(long diskBytes) {
        Settings settings = store.createdSettings();
        Counters counters = store.progress().counters();
        return new StoreStatistics(
                settings.id(),
                counters.version(),
                settings.indexes(),
                store.lastPosition(),
                counters.streams(),
                store.progress().applied().index(),
                HexFormat.of().formatHex(store.progress().digest()),
                diskBytes);
    }
}
