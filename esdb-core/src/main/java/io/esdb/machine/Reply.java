package io.esdb.machine;

import io.esdb.AppendResult;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the sender of a command is told. */
public sealed interface Reply {
    /** The append is in the log, by this command or an earlier one with the same event ids. */
    record Appended(AppendResult result) implements Reply {}

    /**
     * The command was carried out.
     *
     * @param changed whether anything is different now
     */
    record Done(boolean changed) implements Reply {}

    /**
     * The edits and the append were made, by this command or, if it says so, an earlier one with the same event ids.
     *
     * @param versions of the documents now, in the order of the edits; 0 for one that does not exist
     */
    record Transacted(@Nullable AppendResult appended, List<Long> versions, boolean repeated) implements Reply {
        /** Copies the list. */
        public Transacted {
            versions = List.copyOf(versions);
        }
    }

    /** The first stream that is not at the revision expected, and where it is. */
    record WrongRevision(String stream, long actual) implements Reply {}

    /** The position of an event that the append condition excludes. */
    record ConditionFailed(long position) implements Reply {}

    /** An id that is taken, by the event at a position or (-1) by another one of the same append. */
    record IdTaken(UUID id, long position) implements Reply {}

    /** A stream that was deleted for good. */
    record Tombstoned(String stream) implements Reply {}

    /** A stream that is needed and missing or deleted. */
    record NoStream(String stream) implements Reply {}

    /** The first edit whose document is at another version than expected, and at which; 0 if there is none. */
    record WrongDocumentVersion(int edit, long actual) implements Reply {}

    /** The command makes no sense in this state, through a mistake of the node that sent it. */
    record Refused(String reason) implements Reply {}
}
