package io.esdb.benchmarks;

import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import java.nio.file.Path;

/** Page by page, in pages of the usual size. */
final class EsdbReads implements Reads {
    private final ReadData data;
    private final Esdb esdb;

    /** Fills the store and opens it again, so that reads find table files rather than what was just written. */
    EsdbReads(Path folder, ReadData data) throws Exception {
        this.data = data;
        try (Esdb filling = new Esdb(folder)) {
            data.into(filling);
        }
        esdb = new Esdb(folder);
    }

    EventStore store() {
        return esdb.store();
    }

    @Override
    public long all() {
        long next = 0;
        long bytes = 0;
        EventPage page;
        do {
            page = esdb.store().read(LogRead.forward().from(next));
            for (RecordedEvent event : page.events()) {
                Expect.equal("position", next, event.position());
                bytes += event.data().length;
                next++;
            }
        } while (!page.end());
        Expect.equal("bytes", data.dataBytes(), bytes);
        return next;
    }

    long allBackward() {
        long next = data.events() - 1L;
        long found = 0;
        EventPage page;
        do {
            page = esdb.store().read(LogRead.backward().from(next));
            for (RecordedEvent event : page.events()) {
                Expect.equal("position", next, event.position());
                next--;
                found++;
            }
        } while (!page.end());
        return found;
    }

    @Override
    public long stream(long stream) {
        String name = Samples.stream(stream);
        long next = 0;
        EventPage page;
        do {
            page = esdb.store().read(StreamRead.forward(name).from(next));
            for (RecordedEvent event : page.events()) {
                Expect.equal("revision", next, event.revision());
                next++;
            }
        } while (!page.end());
        return next;
    }

    @Override
    public void close() {
        esdb.close();
    }
}
