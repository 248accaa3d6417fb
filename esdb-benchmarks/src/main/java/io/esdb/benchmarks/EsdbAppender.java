package io.esdb.benchmarks;

import java.nio.file.Path;

/** esdb, each append with the expected revision stated. */
final class EsdbAppender implements Appender {
    private final Esdb esdb;

    EsdbAppender(Path folder) {
        esdb = new Esdb(folder);
    }

    @Override
    public void append(SampleAppend append) {
        long last = esdb.store().append(Esdb.request(append)).lastRevision();
        Expect.equal("last revision of the append", append.lastRevision(), last);
    }

    @Override
    public long events() {
        return esdb.events();
    }

    @Override
    public long lastRevision(long stream) {
        return esdb.store().head(Samples.stream(stream));
    }

    @Override
    public void close() {
        esdb.close();
    }
}
