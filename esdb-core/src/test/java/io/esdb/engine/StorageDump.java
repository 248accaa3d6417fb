package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Everything that a storage holds, one line for each entry, so that two can be compared. */
final class StorageDump {
    private StorageDump() {}

    static List<String> of(Storage storage) {
        List<String> lines = new ArrayList<>();
        try (ReadView view = storage.view()) {
            walk("event", view.events(0, Direction.FORWARD), lines);
            for (Branch branch : Branch.values()) {
                walk(branch.name(), view.scan(branch, new byte[0], null, Direction.FORWARD), lines);
            }
        }
        return lines;
    }

    private static void walk(String name, Cursor cursor, List<String> lines) {
        try (cursor) {
            while (cursor.next()) {
                lines.add(name + " " + hex(cursor.key()) + " = " + hex(cursor.value()));
            }
        }
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
