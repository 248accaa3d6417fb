package io.esdb.benchmarks;

/** How a handler comes to hear of appends. */
interface Listening extends AutoCloseable {
    /** Calls the handler with the position of each event from now on. */
    void start(Handler handler) throws Exception;

    /** Called after an append was answered. */
    default void answered(long position) {}

    @Override
    void close();

    /** Takes the position of an event that has arrived. */
    @FunctionalInterface
    interface Handler {
        void arrived(long position);
    }
}
