package io.esdb;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes event ids that grow with time (UUID version 7, RFC 9562): neighbours in time are neighbours in the
 * index of event ids, which makes them several times cheaper to index than random ones. The low 62 bits count
 * up from a random start, so ids are unique inside a JVM and, with all likelihood, across JVMs.
 */
public final class EventIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION_7 = 0x7000L | RANDOM.nextInt(0x1000);
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long LOW_BITS = 0x3fff_ffff_ffff_ffffL;
    private static final AtomicLong COUNTER = new AtomicLong(RANDOM.nextLong());

    private EventIds() {}

    /** A new id. Safe to call from any thread; never blocks. */
    public static UUID next() {
        long high = System.currentTimeMillis() << 16 | VERSION_7;
        return new UUID(high, VARIANT | (COUNTER.getAndIncrement() & LOW_BITS));
    }
}
