package io.esdb.examples.history;

import org.jspecify.annotations.Nullable;

/** What the events of a file add up to. */
sealed interface FileState {
    /** The state after the file got these lines, or binary content for null. */
    static FileState of(@Nullable Integer lines) {
        return lines == null ? Binary.BINARY : new Text(lines);
    }

    /**
     * The file is there and is text.
     *
     * @param lines how many
     */
    record Text(long lines) implements FileState {
        @Override
        public String toString() {
            return lines + " lines";
        }
    }

    /** The file is there and has no lines to count. */
    enum Binary implements FileState {
        BINARY;

        @Override
        public String toString() {
            return "binary";
        }
    }

    /** The file is not there. */
    enum Absent implements FileState {
        ABSENT;

        @Override
        public String toString() {
            return "absent";
        }
    }

    /** Lines were added to or deleted from a file that was not there as text: the history has a gap. */
    enum Unreadable implements FileState {
        UNREADABLE;

        @Override
        public String toString() {
            return "changed without having been created as text";
        }
    }
}
