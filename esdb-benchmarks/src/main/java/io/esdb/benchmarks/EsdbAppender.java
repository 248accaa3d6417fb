package io.esdb.benchmarks;

import io.esdb.StoreOptions;
import java.nio.file.Path;

/** esdb, each append with the expected revision stated. */
final class EsdbAppender implements Appender {
    private final Esdb esdb;

    EsdbAppender(Path folder, StoreOptions options) {
        esdb = new Esdb(folder, options);
    }

    /** Every append on disk before it is answered. */
    EsdbAppender(Path folder) {
        this(folder, StoreOptions.defaults());
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
