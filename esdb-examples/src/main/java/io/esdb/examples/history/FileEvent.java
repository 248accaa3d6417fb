package io.esdb.examples.history;

import org.jspecify.annotations.Nullable;

/** What happens to a file. */
sealed interface FileEvent {
    /** The path of the file. */
    String path();

    /** What the file is after this, when it was {@code before}. */
    FileState applyTo(FileState before);

    /**
     * The file came to be.
     *
     * @param path of the file
     * @param added its lines; null if it is binary
     */
    record FileCreated(String path, @Nullable Integer added) implements FileEvent {
        @Override
        public FileState applyTo(FileState before) {
            return FileState.of(added);
        }
    }

    /**
     * The file has other content.
     *
     * @param path of the file
     * @param added lines; null if the file is binary now
     * @param deleted lines; null if the file was binary before
     */
    record FileChanged(
            String path, @Nullable Integer added, @Nullable Integer deleted) implements FileEvent {
        @Override
        public FileState applyTo(FileState before) {
            if (added == null || deleted == null) {
                return FileState.of(added);
            }
            return before instanceof FileState.Text text
                    ? new FileState.Text(text.lines() + added - deleted)
                    : FileState.Unreadable.UNREADABLE;
        }
    }

    /**
     * The file is gone.
     *
     * @param path of the file
     * @param deleted the lines it had; null if it was binary
     */
    record FileDeleted(String path, @Nullable Integer deleted) implements FileEvent {
        @Override
        public FileState applyTo(FileState before) {
            return FileState.Absent.ABSENT;
        }
    }
}
