package io.esdb.subscriptions;

import io.esdb.StoreClosed;
import io.esdb.StoreFailed;
import io.esdb.StoreOverloaded;
import io.esdb.StoreUnavailable;
import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import io.esdb.subscriptions.SubscriptionEnd.Reason;
import java.util.Set;

/** Tells failures of reads that may pass from those that end a subscription. */
final class ReadFailure {
    private static final Set<Kind> PASSING = Set.of(Kind.FULL, Kind.IO, Kind.UNAVAILABLE);

    private ReadFailure() {}

    static boolean mayPass(Throwable failure) {
        return failure instanceof StoreUnavailable
                || failure instanceof StoreOverloaded
                || failure instanceof StoreFailed
                || (failure instanceof StorageException storage && PASSING.contains(storage.kind()));
    }

    static SubscriptionEnd end(Throwable failure) {
        boolean closed = failure instanceof StoreClosed
                || (failure instanceof StorageException storage && storage.kind() == Kind.CLOSED);
        return new SubscriptionEnd(closed ? Reason.STORE_CLOSED : Reason.READ_FAILED, failure);
    }
}
