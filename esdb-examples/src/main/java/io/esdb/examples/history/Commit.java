package io.esdb.examples.history;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history.
 *
 * @param commit its id
 * @param time when it was made, in seconds since 1970 UTC
 * @param changes to files, each path once
 */
record Commit(String commit, long time, List<Change> changes) {
    Commit {
        Objects.requireNonNull(commit, "commit");
        changes = List.copyOf(changes);
    }

    /**
     * What a commit did to a file.
     *
     * @param path of the file
     * @param added lines; null if the file is binary afterwards
     * @param deleted lines; null if the file was binary before
     * @param kind what happened
     */
    record Change(
            String path, @Nullable Integer added, @Nullable Integer deleted, Kind kind) {
        Change {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(kind, "kind");
        }

        FileEvent event() {
            return switch (kind) {
                case CREATED -> new FileEvent.FileCreated(path, added);
                case CHANGED -> new FileEvent.FileChanged(path, added, deleted);
                case DELETED -> new FileEvent.FileDeleted(path, deleted);
            };
        }
    }

    /** What can happen to a file. */
    enum Kind {
        CREATED,
        CHANGED,
        DELETED
    }
}
