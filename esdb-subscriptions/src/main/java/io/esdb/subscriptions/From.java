package io.esdb.subscriptions;

/** Where a subscription begins. */
public sealed interface From {
    /** Before the first event. */
    static From start() {
        return new Start();
    }

    /** After the last event of the moment: what is appended once the call that subscribes has returned. */
    static From end() {
        return new End();
    }

    /**
     * After an event, by its place in the whole store.
     *
     * @param position -1 or more; may lie ahead of the last event
     */
    static From after(long position) {
        return new AfterPosition(position);
    }

    /**
     * After an event, by its place in its stream. Only for selectors of one stream.
     *
     * @param revision -1 or more; may lie ahead of the last event
     */
    static From afterRevision(long revision) {
        return new AfterRevision(revision);
    }

    /** Before the first event. */
    record Start() implements From {}

    /** After the last event of the moment. */
    record End() implements From {}

    /** After an event, by its place in the whole store. */
    record AfterPosition(long position) implements From {
        /** @throws io.esdb.InvalidInput if the position is below -1 or the largest long */
        public AfterPosition {
            Check.place("position", position);
        }
    }

    /** After an event, by its place in its stream. */
    record AfterRevision(long revision) implements From {
        /** @throws io.esdb.InvalidInput if the revision is below -1 or the largest long */
        public AfterRevision {
            Check.place("revision", revision);
        }
    }
}
