package io.esdb.engine;

import io.esdb.StoreTooNew;
import io.esdb.format.FormatException;
import io.esdb.machine.RaiseVersion;

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
        long found = EventLookup.lastPosition(view.view());
        if (found != last) {
            throw new FormatException("the last event should be at position " + last + " and is at " + found);
        }
        if (last >= 0) {
            EventLookup.at(view.view(), last);
        }
    }
}
