package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.StoreTooNew;
import io.esdb.format.FormatException;
import io.esdb.machine.RaiseVersion;
import io.esdb.spi.Cursor;

/** What is looked at whenever a storage was opened: cheap signs that something is missing. */
final class OpenCheck {
    private OpenCheck() {}

    static void check(String store, StoreView view) {
        int version = view.progress().counters().version();
        if (version > RaiseVersion.NEWEST) {
            String reason = "its rules have version " + version + ", known are versions up to " + RaiseVersion.NEWEST;
            throw new StoreTooNew(store, reason, null);
        }
        if (version > 0 && view.settings() == null) {
            throw new FormatException("the settings are missing");
        }
        long last = view.lastPosition();
        try (Cursor cursor = view.view().events(Long.MAX_VALUE, Direction.BACKWARD)) {
            long found = cursor.next() ? cursor.key().getLong() : -1;
            if (found != last) {
                throw new FormatException("the last event should be at position " + last + " and is at " + found);
            }
        }
        if (last >= 0) {
            EventLookup.at(view.view(), last);
        }
    }
}
