package io.esdb.machine;

import io.esdb.StreamInfo.Status;

/**
 * What is known of a stream.
 *
 * @param name its name
 * @param id the position of its first event
 * @param head its last revision
 * @param status whether it can be read and appended to
 * @param truncateBefore the first revision not hidden by a trim or a deletion
 * @param sweptBefore the first revision whose event was not swept; all before are hidden
 * @param maxCount only the newest so many events are shown; 0: no bound
 * @param maxAgeMicros only events younger than this are shown; 0: no bound
 */
public record StreamState(
        String name,
        long id,
        long head,
        Status status,
        long truncateBefore,
        long sweptBefore,
        long maxCount,
        long maxAgeMicros) {

    static StreamState created(String name, long id) {
        return new StreamState(name, id, -1, Status.ACTIVE, 0, 0, 0, 0);
    }

    /** The revision that an expectation is held against: -1 if the stream is deleted. */
    public long visibleHead() {
        return status == Status.ACTIVE ? head : -1;
    }

    /** The first revision that is not hidden for another reason than age. */
    public long firstRevision() {
        long byCount = maxCount == 0 ? 0 : head + 1 - maxCount;
        return Math.max(Math.max(truncateBefore, sweptBefore), byCount);
    }

    /** The youngest creation time that is too old to be shown. */
    public long expiredUpTo(long now) {
        return maxAgeMicros == 0 ? Long.MIN_VALUE : now - maxAgeMicros;
    }

    /** Whether an event of this stream is shown at this time. */
    public boolean shows(long revision, long createdMicros, long now) {
        return status != Status.TOMBSTONED && revision >= firstRevision() && createdMicros > expiredUpTo(now);
    }

    /** Whether it hides, or may come to hide, any of its events. */
    public boolean restricts() {
        return status != Status.ACTIVE || firstRevision() > 0 || maxCount > 0 || maxAgeMicros > 0;
    }

    /** The same stream with another last revision. */
    public StreamState withHead(long head) {
        return new StreamState(name, id, head, status, truncateBefore, sweptBefore, maxCount, maxAgeMicros);
    }

    StreamState withStatus(Status status) {
        return new StreamState(name, id, head, status, truncateBefore, sweptBefore, maxCount, maxAgeMicros);
    }

    StreamState trimmedBefore(long revision) {
        return new StreamState(name, id, head, status, revision, sweptBefore, maxCount, maxAgeMicros);
    }

    StreamState sweptBefore(long revision) {
        return new StreamState(name, id, head, status, truncateBefore, revision, maxCount, maxAgeMicros);
    }

    StreamState limited(long maxCount, long maxAgeMicros) {
        return new StreamState(name, id, head, status, truncateBefore, sweptBefore, maxCount, maxAgeMicros);
    }
}
