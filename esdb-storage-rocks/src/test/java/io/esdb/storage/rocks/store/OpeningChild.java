package io.esdb.storage.rocks.store;

import io.esdb.EsdbException;
import io.esdb.host.EventStores;
import java.nio.file.Path;

/** A second process that wants the same store, and reports what it gets for opening and for dropping it. */
final class OpeningChild {
    private OpeningChild() {}

    /** @param arguments root folder */
    public static void main(String[] arguments) {
        Reports reports = Reports.take();
        try (EventStores stores = Setup.SYNC.open(Path.of(arguments[0]))) {
            reports.tell(outcome(() -> Setup.SYNC.openStore(stores).statistics()));
            reports.tell(outcome(() -> stores.drop(Setup.STORE)));
        }
    }

    private static String outcome(Runnable attempt) {
        try {
            attempt.run();
            return "fine";
        } catch (EsdbException e) {
            return e.getClass().getSimpleName();
        }
    }
}
