package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.StreamInfo.Status;
import io.esdb.StreamList;
import io.esdb.format.StreamCodec;
import io.esdb.machine.StreamState;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import java.util.ArrayList;
import java.util.List;

/** Lists the names of streams that are not deleted. */
final class StreamLister {
    static final int MOST = 10_000;
    /** Bounds the work of one page where many streams are deleted. */
    private static final int MOST_LOOKED_AT = 100_000;

    private final StoreView store;

    StreamLister(StoreView store) {
        this.store = store;
    }

    StreamList list(String prefix, String after, int limit) {
        byte[] bytes = StreamCodec.key(prefix);
        List<String> names = new ArrayList<>();
        String last = after;
        int looked = 0;
        try (Cursor cursor = store.view().scan(Branch.STREAMS, bytes, null, Direction.FORWARD)) {
            if (!after.isEmpty()) {
                cursor.seek(StreamCodec.key(after));
            }
            while (cursor.next()) {
                StreamState stream = StreamLookup.at(cursor);
                String name = stream.name();
                if (name.equals(after)) {
                    continue;
                }
                if (names.size() == limit || looked == MOST_LOOKED_AT) {
                    return new StreamList(names, last, false);
                }
                last = name;
                looked++;
                if (stream.status() == Status.ACTIVE) {
                    names.add(name);
                }
            }
        }
        return new StreamList(names, last, true);
    }
}
