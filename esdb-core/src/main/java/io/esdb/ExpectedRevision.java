package io.esdb;

/** What a request expects a stream to be at; a request whose expectation fails changes nothing. */
public sealed interface ExpectedRevision {
    /** No expectation: whatever the stream is at. */
    static ExpectedRevision any() {
        return Any.ANY;
    }

    /** The stream has no events yet, or was deleted (not for good) since. */
    static ExpectedRevision noStream() {
        return NoStream.NO_STREAM;
    }

    /** The stream has events and is not deleted. */
    static ExpectedRevision exists() {
        return Exists.EXISTS;
    }

    /**
     * The stream's last revision is exactly this one.
     *
     * @throws InvalidInput if it is negative; use {@link #noStream} for a stream without events
     */
    static ExpectedRevision exactly(long revision) {
        return new Exactly(revision);
    }

    /**
     * What to expect after having read a stream.
     *
     * @param last the last revision read, -1 for a stream without events
     */
    static ExpectedRevision after(long last) {
        return last == -1 ? noStream() : exactly(last);
    }

    /** Whether a stream at this last revision (-1: missing or deleted) meets the expectation. */
    boolean isMetBy(long last);

    /** See {@link ExpectedRevision#any}. */
    enum Any implements ExpectedRevision {
        /** The only value. */
        ANY;

        @Override
        public boolean isMetBy(long last) {
            return true;
        }

        @Override
        public String toString() {
            return "any revision";
        }
    }

    /** See {@link ExpectedRevision#noStream}. */
    enum NoStream implements ExpectedRevision {
        /** The only value. */
        NO_STREAM;

        @Override
        public boolean isMetBy(long last) {
            return last < 0;
        }

        @Override
        public String toString() {
            return "no stream";
        }
    }

    /** See {@link ExpectedRevision#exists}. */
    enum Exists implements ExpectedRevision {
        /** The only value. */
        EXISTS;

        @Override
        public boolean isMetBy(long last) {
            return last >= 0;
        }

        @Override
        public String toString() {
            return "any existing revision";
        }
    }

    /**
     * See {@link ExpectedRevision#exactly}.
     *
     * @param revision the last revision expected, 0 or more
     */
    record Exactly(long revision) implements ExpectedRevision {
        /** @throws InvalidInput if the revision is negative */
        public Exactly {
            Check.notNegative("expected revision", revision);
        }

        @Override
        public boolean isMetBy(long last) {
            return last == revision;
        }

        @Override
        public String toString() {
            return "revision " + revision;
        }
    }
}
