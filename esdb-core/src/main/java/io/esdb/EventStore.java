package io.esdb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * An open event store. Get one from {@code io.esdb.host.EventStores}. All methods may be called from any number of
 * threads at once.
 *
 * <p><b>Order.</b> Events have dense positions from 0 over the whole store. Position order is the order in which
 * appends were decided and the order in which events become visible: whoever sees an event at position n has seen, or
 * can read, all before it.
 *
 * <p><b>Failures</b> common to all methods: {@link StoreClosed} after {@link #close}; {@link StoreCorrupt} when bytes
 * on disk are not what was written; {@link StoreFailed} when the disk cannot be read. Common to all writes besides:
 * {@link StoreUnavailable} and {@link StoreOverloaded} (certainly not written), and {@link IndeterminateAppend} (may
 * have been written; safe to retry with the same event ids) when no answer came within {@link StoreOptions#timeout},
 * when the waiting thread was interrupted (its interrupt flag stays set), or when the storage failed in the middle.
 * {@link InvalidInput} and {@link LimitExceeded} refuse bad arguments before anything is written.
 */
public interface EventStore extends AutoCloseable {

    /** The name it was opened under. */
    String name();

    /**
     * Appends, all or nothing, and waits until the events are as durable as the store was opened for ({@link
     * StoreOptions#durability}).
     *
     * <p>An append that repeats the event ids of an earlier one, with the same content to the same streams in the same
     * order, writes nothing and gets the earlier one's result, whatever it expects now and however long ago that was.
     *
     * @throws EventIdConflict if an id is taken and this is not such a retry
     * @throws StreamTombstoned if a stream was deleted for good
     * @throws WrongExpectedRevision if a stream is not at the revision expected
     * @throws AppendConditionFailed if the condition does not hold
     */
    AppendResult append(AppendRequest request);

    /**
     * As {@link #append(AppendRequest)}, without waiting. It never blocks: when too much waits already, for the log or for
     * the executor below, the stage ends in {@link StoreOverloaded} at once. Bad arguments are thrown, all other failures
     * end the stage. Dependent actions run on the executor for callbacks, never on a thread of the store; one that blocks
     * delays others. What that executor refuses, and the end of a stage that got no answer in time, runs on the JVM's
     * common pool. Cancelling the stage does not take the append back.
     */
    CompletionStage<AppendResult> appendAsync(AppendRequest request);

    /** As {@link #append(AppendRequest)}, to one stream. */
    default AppendResult append(String stream, ExpectedRevision expected, EventData... events) {
        return append(AppendRequest.to(stream, expected, events));
    }

    /** As {@link #append(AppendRequest)}, to one stream. */
    default AppendResult append(String stream, ExpectedRevision expected, List<EventData> events) {
        return append(AppendRequest.to(stream, expected, events));
    }

    /** Reads one page of a stream. A stream that is missing or deleted reads as empty. */
    EventPage read(StreamRead read);

    /** Reads one page of the whole store, or of the events in it that match a query. */
    EventPage read(LogRead read);

    /** The event with this id, unless it is hidden by a deletion, a trim or a stream's limits. */
    Optional<RecordedEvent> event(UUID id);

    /** What is known of a stream; empty if it never had events. */
    Optional<StreamInfo> stream(String stream);

    /** The last revision of a stream, -1 if it is missing or deleted. */
    default long head(String stream) {
        return stream(stream)
                .filter(info -> info.status() == StreamInfo.Status.ACTIVE)
                .map(StreamInfo::lastRevision)
                .orElse(-1L);
    }

    /** Whether a stream has had events and is not deleted. */
    default boolean exists(String stream) {
        return head(stream) >= 0;
    }

    /**
     * Lists streams that are not deleted, in the order of their names' UTF-8 bytes.
     *
     * @param prefix how names start; empty for all
     * @param after the name to go on after, {@link StreamList#next} of the page before; empty to begin
     * @param limit the most names wanted, 1 to 10,000
     */
    StreamList streams(String prefix, String after, int limit);

    /**
     * Deletes a stream: its events are hidden, it reads as empty. The next append brings it back with numbering going
     * on. Deleting a stream that is deleted or missing changes nothing.
     *
     * @return whether there was something to delete
     * @throws WrongExpectedRevision if the stream is not at the revision expected
     * @throws StreamTombstoned if it was deleted for good
     */
    boolean delete(String stream, ExpectedRevision expected);

    /**
     * Deletes a stream for good: its events are hidden and its name takes no more, ever.
     *
     * @return whether it was not deleted for good before
     * @throws WrongExpectedRevision if the stream is not at the revision expected
     * @throws StreamNotFound if the stream never had events
     */
    boolean tombstone(String stream, ExpectedRevision expected);

    /**
     * Hides the events of a stream before a revision. A trim never moves back, nor beyond the stream's end.
     *
     * @param before the first revision to keep, 0 or more; one beyond the last revision keeps nothing
     * @return whether it hid anything more than was hidden before
     * @throws StreamNotFound if the stream is missing or deleted
     * @throws StreamTombstoned if it was deleted for good
     */
    boolean trim(String stream, long before);

    /**
     * Sets how much of a stream its readers see, from now on.
     *
     * @throws StreamNotFound if the stream is missing or deleted
     * @throws StreamTombstoned if it was deleted for good
     */
    void limit(String stream, StreamLimits limits);

    /**
     * Removes from disk the content of events that a deletion, a trim or a stream's limits hide, and returns once it is
     * done; appends and reads go on meanwhile. Their ids, positions and revisions stay, so a retry of an append of swept
     * events still gets the first answer (its content cannot be compared any more). Limits that are loosened later do
     * not bring swept events back. The disk space is free for new events after the storage has compacted its files.
     *
     * @return how many events were swept
     */
    long sweep();

    /** Figures of the store, all of one moment. */
    StoreStatistics statistics();

    /**
     * Reads everything and checks it: checksums, positions and revisions without gaps, every index against the events
     * and back. Takes about as long as reading the store several times; appends go on meanwhile.
     */
    VerifyReport verify();

    /**
     * Writes a copy of the store as of one position into a folder, while it is in use, and checks the copy by opening
     * it. Bring it back with {@code EventStores.restore}.
     *
     * @param folder missing or empty, and not in the folder of the store; on the same file system the copy takes hardly any
     *     space or time at first
     * @throws InvalidInput if the folder holds anything, is none, or lies in the folder of the store
     * @throws StoreFailed if it cannot be written; {@link StoreUnavailable} if there is no room for it
     */
    BackupInfo backup(Path folder);

    /**
     * Waits until this node has come to a position: what was appended there, by whichever node, and all before it, can
     * then be read here. Of use on a node that follows another one; without peers an acknowledged position is always
     * there.
     *
     * @param position 0 or more
     * @param timeout how long to wait at most
     * @throws PositionNotReached if it did not come in time
     */
    void awaitPosition(long position, Duration timeout);

    /** How the store is doing on this node. Never waits for another node. */
    StoreStatus status();

    /**
     * Tells a listener whether this node leads the store, at once and after every change, on the executor for
     * callbacks. What it throws is logged. A store without peers always leads.
     *
     * @return ends the telling when closed
     */
    Registration leadership(LeadershipListener listener);

    /** Returns once all that was answered before is on disk. Of use with {@link Durability#interval} only. */
    void force();

    /**
     * Refuses new calls, lets those under way end, writes what was accepted, and gives everything back. Waits for positions
     * end in {@link StoreClosed}. Closing once more does nothing but wait until the store is closed. May be called from any
     * thread, also from a callback of the store.
     */
    @Override
    void close();
}
