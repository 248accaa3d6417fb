package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.format.StreamCodec;
import io.esdb.machine.Reply;
import io.esdb.machine.StreamState;
import io.esdb.machine.SweepStream;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sweeps hidden events, stream after stream, in commands small enough not to hold up appends for long. */
final class Sweeper {
    private static final int STREAMS_AT_ONCE = 1_000;
    private static final int EVENTS_AT_ONCE = 500;

    private final StoreParts parts;

    Sweeper(StoreParts parts) {
        this.parts = parts;
    }

    /** How many events were swept. */
    long sweep() {
        long swept = 0;
        byte[] after = {};
        List<String> names = restricted(after);
        while (!names.isEmpty()) {
            for (String name : names) {
                swept += sweep(name);
            }
            after = StreamCodec.key(names.get(names.size() - 1));
            names = restricted(after);
        }
        return swept;
    }

    private long sweep(String stream) {
        long before = sweptBefore(stream);
        boolean more = true;
        while (more) {
            Reply reply = parts.writes().call(new SweepStream(parts.clockMicros(), stream, EVENTS_AT_ONCE));
            more = reply instanceof Reply.Done done && done.changed();
        }
        return sweptBefore(stream) - before;
    }

    private long sweptBefore(String stream) {
        try (StoreView view = StoreView.of(parts.storage())) {
            StreamState known = StreamLookup.findWithoutHead(view.view(), stream);
            return known == null ? 0 : known.sweptBefore();
        }
    }

    /** Some streams after this key that may hide events. */
    private List<String> restricted(byte[] after) {
        List<String> names = new ArrayList<>();
        try (StoreView view = StoreView.of(parts.storage());
                Cursor cursor = view.view().scan(Branch.STREAMS, new byte[0], after, Direction.FORWARD)) {
            while (names.size() < STREAMS_AT_ONCE && cursor.next()) {
                StreamState stream = StreamLookup.at(cursor);
                if (stream.restricts() && !Arrays.equals(StreamCodec.key(stream.name()), after)) {
                    names.add(stream.name());
                }
            }
        }
        return names;
    }
}
