package io.esdb.snapshots;

import io.esdb.Consistency;
import io.esdb.Direction;
import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.spi.Branch;
import io.esdb.spi.Document;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.DocumentPage;
import io.esdb.spi.DocumentPage.Entry;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.Documents;
import io.esdb.spi.StoreAccess;
import io.esdb.spi.Transaction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The snapshots of a store. They are documents of it: durable and replicated as its events are, part of backups and images.
 * Holds nothing, so it need not be closed; safe to use from any thread.
 *
 * <p>Failures are those of the store: reads fail as its reads, writes as its appends. A write that ends in {@link
 * io.esdb.IndeterminateAppend} may be made again: that leads to the same as having made it once.
 */
public final class Snapshots {
    /** The most snapshots that one record pushes out. */
    public static final int MOST_PUSHED_OUT = 100;

    /** What a command needs for each edit beside its key and value, and more than enough. */
    private static final int FRAMING = 64;

    private final EventStore store;
    private final StoreAccess access;
    private final Documents documents;
    private final SnapshotOptions options;
    private final Retention retention;

    private Snapshots(EventStore store, StoreAccess access, SnapshotOptions options) {
        this.store = store;
        this.access = access;
        this.documents = access.documents();
        this.options = options;
        this.retention = new Retention(documents);
    }

    /**
     * The snapshots of this store.
     *
     * @throws InvalidInput if the store does not come from {@code EventStores}, or its log takes no snapshots of the size
     *     that the options allow
     */
    public static Snapshots on(EventStore store, SnapshotOptions options) {
        if (!(Check.notNull("store", store) instanceof StoreAccess access)) {
            throw new InvalidInput("store", "must come from EventStores, was a " + store.getClass());
        }
        int most = access.documents().mostBytes() - SnapshotOptions.NAMES;
        if (Check.notNull("options", options).snapshotBytes() > most) {
            throw new InvalidInput(
                    "snapshotBytes",
                    "must be at most " + most + " on store '" + store.name() + "', was " + options.snapshotBytes()
                            + "; raise entryBytes of its RaftOptions by the difference, or lower snapshotBytes");
        }
        return new Snapshots(store, access, options);
    }

    /** The name of their store. */
    public String store() {
        return store.name();
    }

    /**
     * Records a snapshot, in the place of the one with the same key if there is one.
     *
     * @throws io.esdb.LimitExceeded if its data is larger than {@link SnapshotOptions#snapshotBytes}
     */
    public void record(SnapshotKey key, SnapshotContent content) {
        documents.commit(Transaction.of(put(key, content)));
    }

    /**
     * Records a snapshot, and removes older ones of its source and stream in the same step, so that the newest stay. It
     * removes {@value #MOST_PUSHED_OUT} at most; what remains is removed with the next ones. When two are recorded at the
     * same moment, one more may stay until the next.
     *
     * @param keepLast how many to keep, this one included; 1 to 1,000
     * @return whether it was recorded; false if so many of later versions are there already
     * @throws io.esdb.LimitExceeded if its data is larger than {@link SnapshotOptions#snapshotBytes}
     */
    public boolean record(SnapshotKey key, SnapshotContent content, int keepLast) {
        Optional<Transaction> transaction = keeping(key, content, keepLast);
        transaction.ifPresent(documents::commit);
        return transaction.isPresent();
    }

    /**
     * As {@link #record(SnapshotKey, SnapshotContent, int)}, without waiting, as {@code EventStore.appendAsync} does. It
     * reads on the calling thread which ones to remove.
     */
    public CompletionStage<Boolean> recordAsync(SnapshotKey key, SnapshotContent content, int keepLast) {
        return keeping(key, content, keepLast)
                .map(transaction -> documents.commitAsync(transaction).thenApply(done -> true))
                .orElseGet(() -> CompletableFuture.completedStage(false));
    }

    private Optional<Transaction> keeping(SnapshotKey key, SnapshotContent content, int keepLast) {
        Check.between("keepLast", 1, 1_000, keepLast);
        DocumentEdit.Put put = put(key, content);
        int ownKey = put.key().key().length;
        int room = (documents.mostBytes() - ownKey - put.value().length - FRAMING) / (ownKey + FRAMING);
        Retention.Verdict verdict = retention.of(key, keepLast, Math.min(room, MOST_PUSHED_OUT));
        if (!verdict.kept()) {
            return Optional.empty();
        }
        List<DocumentEdit> edits = new ArrayList<>(removals(verdict.outdated()));
        edits.add(put);
        return Optional.of(new Transaction(edits, null));
    }

    private DocumentEdit.Put put(SnapshotKey key, SnapshotContent content) {
        Check.notNull("content", content);
        Check.within("snapshotBytes", options.snapshotBytes(), content.data().length);
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, options.clock().instant());
        return new DocumentEdit.Put(keyOf(key), DocumentEdit.ANY_VERSION, ContentCodec.encode(content, now));
    }

    private static List<DocumentEdit> removals(List<DocumentKey> keys) {
        return keys.stream()
                .<DocumentEdit>map(key -> new DocumentEdit.Remove(key, DocumentEdit.ANY_VERSION))
                .toList();
    }

    /** The snapshot of exactly this key. */
    public Optional<Snapshot> read(SnapshotKey key) {
        DocumentKey name = keyOf(key);
        beforeRead();
        return documents.get(name).map(document -> decode(name, document));
    }

    /** Whether there is a snapshot of exactly this key. */
    public boolean exists(SnapshotKey key) {
        DocumentKey name = keyOf(key);
        beforeRead();
        return documents.get(name).isPresent();
    }

    /** The snapshot with the largest version of a stream by a source. */
    public Optional<Snapshot> latest(String source, String stream) {
        return first(SnapshotRead.of(source, stream).backward());
    }

    /** The snapshot with the largest version that is not larger than the key's, of its stream by its source. */
    public Optional<Snapshot> atOrBefore(SnapshotKey key) {
        Check.notNull("key", key);
        return first(SnapshotRead.of(key.source(), key.stream()).backward().from(key));
    }

    private Optional<Snapshot> first(SnapshotRead read) {
        return list(read.limit(1)).snapshots().stream().findFirst();
    }

    /** One page of snapshots. */
    public SnapshotPage list(SnapshotRead read) {
        Check.notNull("read", read);
        beforeRead();
        DocumentPage page = documents.list(scan(read));
        byte[] next = page.next();
        List<Snapshot> snapshots = page.entries().stream()
                .map(entry -> ContentCodec.decode(store.name(), entry))
                .toList();
        return new SnapshotPage(snapshots, next == null ? null : KeyCodec.decode(next));
    }

    private static DocumentScan scan(SnapshotRead read) {
        byte[] prefix = KeyCodec.prefix(read.source(), read.stream());
        DocumentScan scan = read.direction() == Direction.FORWARD
                ? DocumentScan.forward(Branch.SNAPSHOTS, prefix, read.limit())
                : DocumentScan.backward(Branch.SNAPSHOTS, prefix, read.limit());
        SnapshotKey from = read.from();
        return from == null ? scan : scan.from(KeyCodec.bytes(from));
    }

    /** Deletes a snapshot; one that is missing is fine. */
    public void delete(SnapshotKey key) {
        documents.commit(Transaction.of(new DocumentEdit.Remove(keyOf(key), DocumentEdit.ANY_VERSION)));
    }

    /**
     * Deletes the snapshots of a stream by a source but for the newest, in several steps where there are many.
     *
     * @param keepLast how many to keep; 0 to 1,000
     * @return how many it deleted
     */
    public long keepLast(String source, String stream, int keepLast) {
        SnapshotKey.source(source);
        SnapshotKey.stream(stream);
        Check.between("keepLast", 0, 1_000, keepLast);
        long deleted = 0;
        while (true) {
            List<DocumentKey> outdated = retention.outdated(source, stream, keepLast, MOST_PUSHED_OUT);
            if (outdated.isEmpty()) {
                return deleted;
            }
            documents.commit(new Transaction(removals(outdated), null));
            deleted += outdated.size();
        }
    }

    private void beforeRead() {
        if (options.consistency() == Consistency.LINEARIZABLE) {
            access.barrier();
        }
    }

    private static DocumentKey keyOf(SnapshotKey key) {
        return KeyCodec.encode(Check.notNull("key", key));
    }

    private Snapshot decode(DocumentKey key, Document document) {
        return ContentCodec.decode(store.name(), new Entry(key, document));
    }
}
