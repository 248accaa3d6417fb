package io.esdb.erasure;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the keys in memory, for tests: when it is gone, so are all payloads. What Java may have copied in memory is not
 * overwritten when keys are destroyed.
 */
public final class MemoryKeyProvider extends RingKeyProvider {
    private final Map<String, byte[]> rings = new HashMap<>();

    /** One without keys. */
    public MemoryKeyProvider() {}

    @Override
    synchronized Optional<KeyRing> load(String subject) {
        return Optional.ofNullable(rings.get(subject)).map(ring -> new KeyRing(ring.clone()));
    }

    @Override
    synchronized void store(String subject, KeyRing ring) {
        rings.put(subject, ring.bytes().clone());
    }

    @Override
    synchronized void shred(String subject) {
        byte[] ring = rings.put(subject, KeyRing.destroyed().bytes());
        if (ring != null) {
            new KeyRing(ring).close();
        }
    }

    @Override
    synchronized void exclusively(Change change) throws IOException {
        change.run();
    }
}
