package io.esdb.erasure;

import io.esdb.erasure.KeyRecord.Shredded;
import io.esdb.erasure.KeyRecord.Wrapped;
import io.esdb.erasure.SubjectStatus.State;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shreds keys, wraps them anew, and tells where subjects stand. */
final class Eraser {
    private final KeyTree tree;
    private final ProviderEdge provider;
    private final KeyCache cache;
    private final InstantSource clock;

    Eraser(KeyTree tree, ProviderEdge provider, KeyCache cache, InstantSource clock) {
        this.tree = tree;
        this.provider = provider;
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * The store first: what it decides holds on all nodes, and none seals for the subject any more when the provider's key
     * goes. The other way round a failure in between would leave nodes that seal what nobody can open.
     */
    boolean erase(String subject) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        Optional<KeyRecord> before =
                tree.change(subject, found -> found.orElse(null) instanceof Shredded ? null : new Shredded(now, false));
        cache.drop(subject);
        provider.destroy(subject);
        Optional<KeyRecord> unused = tree.change(subject, Eraser::confirmed);
        return before.orElse(null) instanceof Wrapped;
    }

    private static @Nullable KeyRecord confirmed(Optional<KeyRecord> found) {
        return found.orElse(null) instanceof Shredded shredded && !shredded.confirmed()
                ? new Shredded(shredded.micros(), true)
                : null;
    }

    boolean rewrap(String subject) {
        return tree.change(
                        subject,
                        found -> found.map(record -> rewrapped(subject, record)).orElse(null))
                .isPresent();
    }

    private KeyRecord rewrapped(String subject, KeyRecord record) {
        if (record instanceof Shredded shredded) {
            throw new SubjectErased(subject, SubjectKeys.instant(shredded));
        }
        try (DataKey key = provider.unwrap(subject, (Wrapped) record)) {
            return provider.wrap(subject, key);
        } catch (KeyDestroyed e) {
            throw new SubjectErased(subject, null);
        }
    }

    Optional<SubjectStatus> status(String subject) {
        return tree.read(subject).map(found -> status(subject, found.record()));
    }

    SubjectPage subjects(String after, int limit) {
        List<KeyTree.Entry> entries = tree.list(after, limit + 1);
        List<SubjectStatus> subjects = entries.stream()
                .limit(limit)
                .map(entry -> status(entry.subject(), entry.record()))
                .toList();
        String next =
                subjects.isEmpty() ? after : subjects.get(subjects.size() - 1).subject();
        return new SubjectPage(subjects, next, entries.size() <= limit);
    }

    private static SubjectStatus status(String subject, KeyRecord record) {
        if (record instanceof Shredded shredded) {
            State state = shredded.confirmed() ? State.ERASED : State.ERASING;
            return new SubjectStatus(subject, state, SubjectKeys.instant(shredded));
        }
        return new SubjectStatus(subject, State.ACTIVE, null);
    }
}
