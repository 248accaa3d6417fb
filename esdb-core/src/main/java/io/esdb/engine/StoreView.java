package io.esdb.engine;

import io.esdb.format.FormatException;
import io.esdb.format.Progress;
import io.esdb.format.SettingsCodec;
import io.esdb.machine.Settings;
import io.esdb.spi.Branch;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import org.jspecify.annotations.Nullable;

/**
 * A view of a storage together with how far the store had come when it was made.
 *
 * @param view the view
 * @param settings null before the store was created
 * @param progress as of the view
 */
record StoreView(ReadView view, @Nullable Settings settings, Progress progress) implements AutoCloseable {
    static StoreView of(Storage storage) {
        return of(storage.view(), null, null);
    }

    /** Of what is null the view is asked; closes the view if that fails. */
    static StoreView of(ReadView view, @Nullable Settings settings, @Nullable Progress progress) {
        try {
            Settings known = settings == null ? settings(view) : settings;
            return new StoreView(view, known, progress == null ? progress(view, known != null) : progress);
        } catch (RuntimeException e) {
            view.close();
            throw e;
        }
    }

    private static Progress progress(ReadView view, boolean created) {
        byte[] progress = view.get(Branch.META, Progress.key());
        if (progress == null && created) {
            throw new FormatException("the progress record is missing");
        }
        return progress == null ? Progress.none() : Progress.decode(progress);
    }

    private static @Nullable Settings settings(ReadView view) {
        byte[] settings = view.get(Branch.META, SettingsCodec.key());
        return settings == null ? null : SettingsCodec.decode(settings);
    }

    /** The settings of a store that was created. */
    Settings createdSettings() {
        if (settings == null) {
            throw new FormatException("the settings are missing");
        }
        return settings;
    }

    /** The last position in the view, -1 if it has no events. */
    long lastPosition() {
        return progress.counters().nextPosition() - 1;
    }

    @Override
    public void close() {
        view.close();
    }
}
