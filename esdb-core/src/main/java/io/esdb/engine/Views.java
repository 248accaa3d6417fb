package io.esdb.engine;

import io.esdb.format.Progress;
import io.esdb.machine.Settings;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import org.jspecify.annotations.Nullable;

/**
 * Makes views of a storage whose progress is known most of the time, which spares each page of events a look-up. A commit
 * is announced before it begins; if the progress known is the same one before and after a view was made, none began
 * meanwhile, and it is that of the view. Otherwise the view is asked.
 */
final class Views {
    private final Storage storage;
    private volatile @Nullable Progress known;

    Views(Storage storage) {
        this.storage = storage;
    }

    /** @param settings those of the store, which never change; null if it may not be created yet */
    @SuppressWarnings("ReferenceEquality") // the same object: each commit brings one of its own
    StoreView view(@Nullable Settings settings) {
        Progress before = known;
        ReadView view = storage.view();
        return StoreView.of(view, settings, before == known ? before : null);
    }

    /** What the storage holds is about to change. */
    void changing() {
        known = null;
    }

    /** The change is over, and all that the storage holds is this far; the object was not given here before. */
    void reached(Progress progress) {
        known = progress;
    }
}
