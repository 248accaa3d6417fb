package io.esdb.subscriptions.persistent;

/** What a dispatcher has done since it was made. */
final class Counts {
    long delivered;
    long acknowledged;
    long retries;
    long timeouts;
    long parked;
    long skipped;
    long gone;
}
