package io.esdb.machine;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import io.esdb.EventData;
import io.esdb.RecordedEvent;
import io.esdb.StreamAppend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells an append that is in the log already from one that is new. */
final class Retry {
    private Retry() {}

    /** The first answer for a retry, a refusal for an append with an id that is taken, null for a new one. */
    static @Nullable Reply recognise(State state, AppendRequest request) {
        List<StoredEvent> stored = new ArrayList<>();
        Set<UUID> ids = new HashSet<>();
        for (StreamAppend append : request.streams()) {
            for (EventData event : append.events()) {
                if (!ids.add(event.id())) {
                    return new Reply.IdTaken(event.id(), -1);
                }
                StoredEvent found = state.event(event.id());
                if (found != null) {
                    stored.add(found);
                }
            }
        }
        if (stored.isEmpty()) {
            return null;
        }
        return isRepeatedBy(stored, request, ids.size()) ? answer(stored, request) : taken(stored.get(0));
    }

    private static boolean isRepeatedBy(List<StoredEvent> stored, AppendRequest request, int size) {
        if (stored.size() != size || stored.get(0).appendSize() != size) {
            return false;
        }
        long start = stored.get(0).appendStart();
        int index = 0;
        for (StreamAppend append : request.streams()) {
            for (EventData event : append.events()) {
                StoredEvent found = stored.get(index);
                if (found.appendIndex() != index
                        || found.appendStart() != start
                        || !isSame(found, append.stream(), event)) {
                    return false;
                }
                index++;
            }
        }
        return true;
    }

    /** The content of a swept event is gone, so its id, stream and place have to do. */
    private static boolean isSame(StoredEvent found, String stream, EventData event) {
        return found.event().stream().equals(stream)
                && found.event().id().equals(event.id())
                && (found.isSwept() || hasContent(found.event(), event));
    }

    private static boolean hasContent(RecordedEvent stored, EventData event) {
        return stored.type().equals(event.type())
                && stored.contentType().equals(event.contentType())
                && Arrays.equals(stored.data(), event.data())
                && stored.metadataContentType().equals(event.metadataContentType())
                && Arrays.equals(stored.metadata(), event.metadata())
                && stored.tags().equals(event.tags());
    }

    private static Reply answer(List<StoredEvent> stored, AppendRequest request) {
        List<StreamRevisions> revisions = new ArrayList<>();
        int index = 0;
        for (StreamAppend append : request.streams()) {
            int last = index + append.events().size() - 1;
            revisions.add(new StreamRevisions(
                    append.stream(),
                    stored.get(index).event().revision(),
                    stored.get(last).event().revision()));
            index = last + 1;
        }
        long first = stored.get(0).appendStart();
        return new Reply.Appended(new AppendResult(first, first + stored.size() - 1, revisions));
    }

    private static Reply taken(StoredEvent event) {
        return new Reply.IdTaken(event.event().id(), event.event().position());
    }
}
