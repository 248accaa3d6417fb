package io.esdb.examples.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.EventData;
import io.esdb.RecordedEvent;
import io.esdb.json.EventTypes;
import io.esdb.json.JsonEvents;
import java.util.UUID;

/** How changes of files are written to streams and read from them. */
final class FileEvents {
    /** How the names of all streams start. */
    static final String PREFIX = "file-";

    private static final JsonEvents JSON = JsonEvents.of(EventTypes.none()
            .with("FileCreated", FileEvent.FileCreated.class)
            .with("FileChanged", FileEvent.FileChanged.class)
            .with("FileDeleted", FileEvent.FileDeleted.class));

    private FileEvents() {}

    /** The metadata of an event. */
    private record Origin(String commit, long time) {}

    /** The stream of the file with this path. */
    static String stream(String path) {
        return PREFIX + path;
    }

    /** The id follows from commit and path, so that the store knows a commit again that it has already. */
    static EventData write(Commit commit, Commit.Change change) {
        UUID id = UUID.nameUUIDFromBytes((commit.commit() + ' ' + change.path()).getBytes(UTF_8));
        return JSON.toEvent(change.event(), id, new Origin(commit.commit(), commit.time()));
    }

    static FileEvent read(RecordedEvent event) {
        return JSON.read(event, FileEvent.class);
    }
}
