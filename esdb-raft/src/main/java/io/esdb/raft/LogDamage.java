package io.esdb.raft;

import java.nio.file.Path;

/**
 * The first place at which a log is not whole.
 *
 * @param file the segment that is damaged, or the one that does not follow the one before
 * @param offset where its last whole entry ends
 * @param keep whether the segment starts with whole entries that continue the log
 * @param tail whether a crash can have caused it; false in a segment that others follow, as it was complete once
 * @param reason what is wrong there
 */
record LogDamage(Path file, long offset, boolean keep, boolean tail, String reason) {
    @Override
    public String toString() {
        return file + " at byte " + offset + ": " + reason;
    }
}
