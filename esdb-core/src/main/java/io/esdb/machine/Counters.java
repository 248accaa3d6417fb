package io.esdb.machine;

/**
 * The few numbers that every decision may need.
 *
 * @param version the version of the rules
 * @param nextPosition the position that the next event gets
 * @param lastTime the time of the last event, in microseconds; no later one is before it
 * @param streams how many streams there are, deleted ones included
 * @param restricted how many streams hide events: deleted, trimmed or limited; while it is 0 nobody has to look
 */
public record Counters(int version, long nextPosition, long lastTime, long streams, long restricted) {
    /** Before the store was created. */
    public static final Counters NONE = new Counters(0, 0, 0, 0, 0);

    /** The counters after a change, given what was known of the changed stream before. */
    Counters after(Change change, boolean knewStream, boolean wasRestricted) {
        if (change instanceof Change.EventAppended appended) {
            return new Counters(
                    version, nextPosition + 1, appended.event().event().createdMicros(), streams, restricted);
        }
        if (change instanceof Change.StreamChanged changed) {
            int more = (changed.stream().restricts() ? 1 : 0) - (wasRestricted ? 1 : 0);
            return new Counters(version, nextPosition, lastTime, streams + (knewStream ? 0 : 1), restricted + more);
        }
        if (change instanceof Change.VersionRaised raised) {
            return new Counters(raised.version(), nextPosition, lastTime, streams, restricted);
        }
        return change instanceof Change.StoreCreated ? new Counters(1, 0, 0, 0, 0) : this;
    }
}
