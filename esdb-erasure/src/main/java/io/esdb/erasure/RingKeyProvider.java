package io.esdb.erasure;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;

/** What the providers that keep the keys themselves share: a ring of keys per subject. */
abstract sealed class RingKeyProvider implements KeyProvider permits FileKeyProvider, MemoryKeyProvider {
    private final SecureRandom random = new SecureRandom();

    interface Change {
        void run() throws IOException;
    }

    /** A copy of the subject's ring, which the caller closes. */
    abstract Optional<KeyRing> load(String subject) throws IOException;

    /** Stores a ring in place of the subject's present one, if any. Only called inside of {@link #exclusively}. */
    abstract void store(String subject, KeyRing ring) throws IOException;

    /** Overwrites the subject's ring by one that says that its keys are destroyed. Only called inside of {@link #exclusively}. */
    abstract void shred(String subject) throws IOException;

    /** Runs a change while no other one runs, on any node. */
    abstract void exclusively(Change change) throws IOException;

    @Override
    public byte[] wrap(String subject, byte[] dataKey) throws IOException {
        Optional<KeyRing> found = load(subject);
        if (found.isEmpty()) {
            exclusively(() -> makeIfMissing(subject));
            found = load(subject);
        }
        try (KeyRing ring = usable(subject, found)) {
            return ring.wrap(subject, dataKey, random);
        }
    }

    private void makeIfMissing(String subject) throws IOException {
        Optional<KeyRing> found = load(subject);
        if (found.isEmpty()) {
            try (KeyRing first = KeyRing.first(random)) {
                store(subject, first);
            }
        }
        found.ifPresent(KeyRing::close);
    }

    @Override
    public byte[] unwrap(String subject, byte[] wrapped) throws IOException {
        byte[] dataKey;
        try (KeyRing ring = usable(subject, load(subject))) {
            dataKey = ring.unwrap(subject, wrapped);
        }
        if (dataKey == null) {
            throw new IllegalStateException("not wrapped for this subject by a key that is still there");
        }
        return dataKey;
    }

    @Override
    public void destroy(String subject) throws IOException {
        exclusively(() -> shred(subject));
    }

    /**
     * Makes a new key for the subject, which wraps from now on. What older ones have wrapped can still be unwrapped, until
     * {@link #retire}; in between call {@link Erasure#rewrap} on every store.
     *
     * @throws KeyDestroyed if the subject's keys were destroyed
     * @throws IllegalStateException if it has none
     * @throws IOException if it cannot be stored
     */
    public void rotate(String subject) throws IOException {
        exclusively(() -> {
            try (KeyRing ring = usable(subject, load(subject));
                    KeyRing more = ring.rotated(random)) {
                store(subject, more);
            }
        });
    }

    /**
     * Destroys all keys of the subject but the newest one. What they have wrapped, in older backups for one, can be unwrapped no
     * more.
     *
     * @throws KeyDestroyed if the subject's keys were destroyed
     * @throws IllegalStateException if it has none
     * @throws IOException if it cannot be stored
     */
    public void retire(String subject) throws IOException {
        exclusively(() -> {
            try (KeyRing ring = usable(subject, load(subject));
                    KeyRing newest = ring.retired()) {
                store(subject, newest);
            }
        });
    }

    private static KeyRing usable(String subject, Optional<KeyRing> found) {
        KeyRing ring = found.orElseThrow(() -> new IllegalStateException("the subject has no key here"));
        if (ring.isDestroyed()) {
            throw new KeyDestroyed(subject);
        }
        return ring;
    }
}
