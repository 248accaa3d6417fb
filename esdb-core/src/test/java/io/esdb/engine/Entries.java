package io.esdb.engine;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.IndexKind;
import io.esdb.format.CommandCodec;
import io.esdb.machine.Append;
import io.esdb.machine.Command;
import io.esdb.machine.CreateStore;
import io.esdb.machine.Settings;
import io.esdb.spi.LogEntry;
import io.esdb.spi.LogIndex;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

/** Log entries and the commands in them. */
final class Entries {
    private Entries() {}

    static List<LogEntry> from(long index, Command... commands) {
        List<LogEntry> entries = new ArrayList<>();
        for (Command command : commands) {
            entries.add(LogEntry.of(new LogIndex(1, index + entries.size()), CommandCodec.encode(command)));
        }
        return entries;
    }

    static CreateStore create() {
        return new CreateStore(new Settings(new UUID(1, 2), 3, EnumSet.allOf(IndexKind.class)));
    }

    static Append append(String stream) {
        return append(AppendRequest.to(stream, ExpectedRevision.any(), EventData.bytes("Happened", new byte[] {1})));
    }

    static Append append(AppendRequest request) {
        return new Append(1, request);
    }
}
