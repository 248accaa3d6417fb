package io.esdb.storage.rocks.store;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.host.EventStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Opens and closes a store many times and reports what the process holds, early on and at the end. */
final class ReopeningChild {
    private ReopeningChild() {}

    /** @param arguments root folder, cycles, after how many of them to report for the first time */
    public static void main(String[] arguments) throws Exception {
        Reports reports = Reports.take();
        Path root = Path.of(arguments[0]);
        int cycles = Integer.parseInt(arguments[1]);
        int early = Integer.parseInt(arguments[2]);
        for (int cycle = 1; cycle <= cycles; cycle++) {
            openAndClose(root);
            if (cycle == early || cycle == cycles) {
                reports.tell(Thread.getAllStackTraces().size() + " " + handles() + " " + residentKib());
            }
        }
    }

    private static void openAndClose(Path root) {
        try (EventStores stores = Setup.INTERVAL_SMALL_BUFFERS.open(root)) {
            EventStore store = Setup.INTERVAL_SMALL_BUFFERS.openStore(stores);
            EventData event = EventData.bytes("Opened", new byte[1_000]);
            store.append("cycles", ExpectedRevision.any(), event);
            store.appendAsync(
                            AppendRequest.to("cycles", ExpectedRevision.any(), EventData.bytes("Async", new byte[10])))
                    .toCompletableFuture()
                    .join();
            if (Pages.stream(store, LogRead.backward()).count() < 2
                    || store.event(event.id()).isEmpty()) {
                throw new IllegalStateException("the event is not there");
            }
        }
    }

    private static long handles() throws IOException {
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            return handles.count();
        }
    }

    private static long residentKib() throws IOException {
        System.gc();
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String line =
                    lines.filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", ""));
        }
    }
}
