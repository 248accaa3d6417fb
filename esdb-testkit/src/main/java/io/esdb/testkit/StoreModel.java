package io.esdb.testkit;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.StreamAppend;
import io.esdb.StreamInfo.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a store should be after the same calls, in the simplest form that can be right. */
final class StoreModel {
    /** An event of the model: what was given, and where it should be. */
    record Stored(EventData given, String stream, long revision, long position) {}

    private static final class StreamModel {
        private Status status = Status.ACTIVE;
        private long last = -1;
        private long first;
        private long maxCount = Long.MAX_VALUE;

        long visibleLast() {
            return status == Status.ACTIVE ? last : -1;
        }

        boolean shows(long revision) {
            return revision >= first && revision > last - maxCount;
        }
    }

    private final List<Stored> log = new ArrayList<>();
    private final Map<String, StreamModel> streams = new TreeMap<>();
    private final Map<AppendRequest, AppendResult> done = new LinkedHashMap<>();

    /** The result of an append, or null if it should be refused. */
    @Nullable
    AppendResult append(AppendRequest request) {
        for (StreamAppend append : request.streams()) {
            if (isTombstoned(append.stream()) || !append.expected().isMetBy(head(append.stream()))) {
                return null;
            }
        }
        List<StreamRevisions> revisions = new ArrayList<>();
        long start = log.size();
        for (StreamAppend append : request.streams()) {
            revisions.add(write(append));
        }
        AppendResult result = new AppendResult(start, log.size() - 1L, revisions);
        done.put(request, result);
        return result;
    }

    private StreamRevisions write(StreamAppend append) {
        StreamModel stream = streams.computeIfAbsent(append.stream(), name -> new StreamModel());
        stream.status = Status.ACTIVE;
        long first = stream.last + 1;
        for (EventData event : append.events()) {
            stream.last++;
            log.add(new Stored(event, append.stream(), stream.last, log.size()));
        }
        return new StreamRevisions(append.stream(), first, stream.last);
    }

    /** All appends that were not refused, with their results. */
    Map<AppendRequest, AppendResult> done() {
        return done;
    }

    /** Whether the deletion changes anything; null if it should be refused. */
    @Nullable
    Boolean delete(String name, ExpectedRevision expected, boolean forGood) {
        StreamModel stream = streams.get(name);
        if (isTombstoned(name)) {
            return forGood ? Boolean.FALSE : null;
        }
        if (!expected.isMetBy(head(name))) {
            return null;
        }
        if (stream == null) {
            return forGood ? null : Boolean.FALSE;
        }
        if (stream.status == Status.DELETED && !forGood) {
            return false;
        }
        stream.status = forGood ? Status.TOMBSTONED : Status.DELETED;
        stream.first = stream.last + 1;
        return true;
    }

    /** Whether the trim changes anything; null if it should be refused. */
    @Nullable
    Boolean trim(String name, long before) {
        StreamModel stream = streams.get(name);
        if (stream == null || stream.status != Status.ACTIVE) {
            return null;
        }
        long first = Math.min(before, stream.last + 1);
        boolean changed = first > stream.first;
        stream.first = Math.max(stream.first, first);
        return changed;
    }

    /** Whether the limit should be taken. */
    boolean limit(String name, long maxCount) {
        StreamModel stream = streams.get(name);
        if (stream == null || stream.status != Status.ACTIVE) {
            return false;
        }
        stream.maxCount = maxCount;
        return true;
    }

    private boolean isTombstoned(String name) {
        StreamModel stream = streams.get(name);
        return stream != null && stream.status == Status.TOMBSTONED;
    }

    long head(String name) {
        StreamModel stream = streams.get(name);
        return stream == null ? -1 : stream.visibleLast();
    }

    /** What a read of everything should find. */
    Stream<Stored> shown() {
        return log.stream().filter(event -> {
            StreamModel stream = streams.get(event.stream());
            return stream != null && stream.shows(event.revision());
        });
    }

    /** The streams that should be listed. */
    List<String> active() {
        return streams.keySet().stream().filter(name -> head(name) >= 0).toList();
    }
}
