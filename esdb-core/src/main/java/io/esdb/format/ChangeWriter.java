package io.esdb.format;

import io.esdb.RecordedEvent;
import io.esdb.machine.Change;
import io.esdb.machine.Settings;
import io.esdb.machine.StoredEvent;
import io.esdb.spi.Branch;
import io.esdb.spi.WriteBatch;
import java.util.List;

/** Turns changes into the writes of a batch, and adds them to the state digest. One thread at a time. */
public final class ChangeWriter {
    private static final byte[] NOTHING = {};
    private static final int DIGEST_SETTINGS = 1;
    private static final int DIGEST_EVENT = 2;
    private static final int DIGEST_STREAM = 3;
    private static final int DIGEST_PUT = 4;
    private static final int DIGEST_REMOVED = 5;
    private static final int DIGEST_VERSION = 6;
    private static final int DIGEST_SWEPT = 7;

    private final WriteBatch batch;
    private final StateDigest digest;

    /** Writes into this batch and this digest. */
    public ChangeWriter(WriteBatch batch, StateDigest digest) {
        this.batch = batch;
        this.digest = digest;
    }

    /**
     * Writes the changes of one command.
     *
     * @param settings the store's, after the command
     */
    public void write(List<Change> changes, Settings settings) {
        for (Change change : changes) {
            write(change, settings);
        }
        digest.endCommand();
    }

    private void write(Change change, Settings settings) {
        if (change instanceof Change.EventAppended appended) {
            event(appended.event(), settings);
        } else if (change instanceof Change.EventSwept swept) {
            sweep(swept.event(), settings);
        } else if (change instanceof Change.StreamChanged changed) {
            byte[] key = StreamCodec.key(changed.stream().name());
            put(Branch.STREAMS, DIGEST_STREAM, key, StreamCodec.encode(changed.stream()));
        } else if (change instanceof Change.DocumentPut put) {
            byte[] value = DocumentCodec.encode(put.document());
            put(
                    put.key().branch(),
                    DIGEST_PUT + (put.key().branch().id() << 4),
                    put.key().key(),
                    value);
        } else if (change instanceof Change.DocumentRemoved removed) {
            digest.add(
                    DIGEST_REMOVED + (removed.key().branch().id() << 4),
                    removed.key().key(),
                    NOTHING);
            batch.delete(removed.key().branch(), removed.key().key());
        } else if (change instanceof Change.StoreCreated created) {
            put(Branch.META, DIGEST_SETTINGS, SettingsCodec.key(), SettingsCodec.encode(created.settings()));
        } else if (change instanceof Change.VersionRaised raised) {
            digest.add(DIGEST_VERSION, NOTHING, Longs.toBytes(raised.version()));
        }
    }

    private void put(Branch branch, int digestTag, byte[] key, byte[] value) {
        digest.add(digestTag, key, value);
        batch.put(branch, key, value);
    }

    private void event(StoredEvent stored, Settings settings) {
        RecordedEvent event = stored.event();
        byte[] record = RecordCodec.encode(stored);
        digest.add(DIGEST_EVENT, NOTHING, record);
        batch.event(event.position(), record);
        batch.put(
                Branch.STREAM_INDEX,
                StreamIndexKeys.at(stored.streamId(), event.revision()),
                StreamIndexKeys.value(event.position()));
        EventTerms.forEach(event, settings, (key, value) -> batch.put(Branch.INDEX, key, value));
    }

    /** The stream index keeps its entry: the last one of a stream tells its last revision. */
    private void sweep(StoredEvent stored, Settings settings) {
        byte[] record = RecordCodec.encode(stored.swept());
        digest.add(DIGEST_SWEPT, NOTHING, record);
        batch.event(stored.event().position(), record);
        if (!stored.isSwept()) {
            EventTerms.forEachTerm(stored.event(), settings, (key, value) -> batch.delete(Branch.INDEX, key));
        }
    }
}
