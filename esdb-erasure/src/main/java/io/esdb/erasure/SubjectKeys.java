package io.esdb.erasure;

import io.esdb.erasure.KeyTree.Versioned;
import io.esdb.spi.DocumentConflict;
import io.esdb.spi.DocumentEdit;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Finds subjects' keys, in memory or by the tree and the key provider, and makes them. */
final class SubjectKeys {
    /** How often a key that another node made meanwhile is looked for. */
    private static final int MOST_TRIES = 10;

    private final KeyTree tree;
    private final ProviderEdge provider;
    private final KeyCache cache;
    private final Runnable unconfirmed;
    private final SecureRandom random = new SecureRandom();

    /** @param unconfirmed called when an entry of the cache has to be confirmed though no record changes any more */
    SubjectKeys(KeyTree tree, ProviderEdge provider, KeyCache cache, Runnable unconfirmed) {
        this.tree = tree;
        this.provider = provider;
        this.cache = cache;
        this.unconfirmed = unconfirmed;
    }

    /** What is known of a subject's key on any node. */
    SubjectKey toOpen(String subject) {
        SubjectKey key = find(subject);
        if (!(key instanceof SubjectKey.Missing)) {
            return key;
        }
        tree.barrier(); // the event may have come from a node that is ahead of this one
        return find(subject);
    }

    /**
     * A subject's key, made if there is none; the caller closes it.
     *
     * @throws SubjectErased if the subject was erased
     */
    DataKey toSeal(String subject) {
        for (int tries = 1; ; tries++) {
            SubjectKey found = find(subject);
            if (found instanceof SubjectKey.Usable usable) {
                return usable.key();
            }
            if (found instanceof SubjectKey.Shredded shredded) {
                throw new SubjectErased(subject, shredded.at());
            }
            try {
                return make(subject);
            } catch (DocumentConflict e) { // made by another thread or node, whose key it is then
                if (tries == MOST_TRIES) {
                    throw e;
                }
                tree.barrier();
            }
        }
    }

    private SubjectKey find(String subject) {
        long epoch = cache.epoch();
        Optional<SubjectKey> kept = cache.get(subject, epoch);
        if (kept.isEmpty() && cache.has(subject)) {
            cache.confirm(subject, tree.versions(List.of(subject)).get(0), epoch);
            kept = cache.get(subject, epoch);
        }
        return kept.orElseGet(() -> load(subject));
    }

    private SubjectKey load(String subject) {
        long epoch = cache.epoch(); // before the read: what changes from now on ends it
        Optional<Versioned> found = tree.read(subject);
        if (found.isEmpty()) {
            return new SubjectKey.Missing();
        }
        SubjectKey key = key(subject, found.get().record());
        keep(subject, found.get().version(), key, epoch);
        return key;
    }

    private SubjectKey key(String subject, KeyRecord record) {
        if (record instanceof KeyRecord.Shredded shredded) {
            return new SubjectKey.Shredded(instant(shredded));
        }
        try {
            return new SubjectKey.Usable(provider.unwrap(subject, (KeyRecord.Wrapped) record));
        } catch (KeyDestroyed e) {
            return new SubjectKey.Shredded(null);
        }
    }

    static Instant instant(KeyRecord.Shredded shredded) {
        return Instant.EPOCH.plus(shredded.micros(), ChronoUnit.MICROS);
    }

    private DataKey make(String subject) {
        long epoch = cache.epoch();
        DataKey key = DataKey.random(random);
        boolean made = false;
        try {
            KeyRecord record = provider.wrap(subject, key);
            long version = tree.put(subject, DocumentEdit.MISSING, record);
            keep(subject, version, new SubjectKey.Usable(key), epoch);
            made = true;
            return key;
        } catch (KeyDestroyed e) {
            throw new SubjectErased(subject, null);
        } finally {
            if (!made) {
                key.close();
            }
        }
    }

    private void keep(String subject, long version, SubjectKey key, long epoch) {
        if (cache.put(subject, version, key, epoch)) {
            unconfirmed.run();
        }
    }
}
