package io.esdb.subscriptions.persistent;

import io.esdb.spi.DocumentKey;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Which subscriptions have changed since somebody last looked. At first all have. Safe to use from any thread. */
final class Changes {
    /** Reading all of them costs no more than reading so many one by one. */
    private static final int MOST = 2_000;

    private final Set<String> names = new HashSet<>();
    private final Set<UUID> replayed = new HashSet<>();
    private boolean all = true;

    /**
     * What has changed.
     *
     * @param all whether any subscription may have changed; then nothing else is named
     * @param names whose definitions have changed
     * @param replayed of which notes about events to be replayed have changed
     */
    record Seen(boolean all, Set<String> names, Set<UUID> replayed) {
        Seen {
            names = Set.copyOf(names);
            replayed = Set.copyOf(replayed);
        }

        boolean isNothing() {
            return !all && names.isEmpty() && replayed.isEmpty();
        }
    }

    /** These documents have changed; any may have if there are none. Returns whether that concerns anybody. */
    synchronized boolean add(Set<DocumentKey> keys) {
        all |= keys.isEmpty();
        keys.forEach(this::add);
        if (names.size() > MOST || replayed.size() > MOST) {
            addAll();
        }
        return all || !names.isEmpty() || !replayed.isEmpty();
    }

    private void add(DocumentKey key) {
        if (Keys.isDefinition(key)) {
            names.add(Keys.nameOf(key));
        } else if (Keys.isNote(key, Keys.Note.REPLAY)) {
            replayed.add(Keys.idOf(key));
        }
    }

    /** The definition of this name is to be looked at. */
    synchronized void add(String name) {
        names.add(name);
    }

    /** Any may have changed. */
    synchronized void addAll() {
        all = true;
    }

    /** All that is new; each is handed out once. */
    synchronized Seen take() {
        Seen seen = all ? new Seen(true, Set.of(), Set.of()) : new Seen(false, names, replayed);
        all = false;
        names.clear();
        replayed.clear();
        return seen;
    }
}
