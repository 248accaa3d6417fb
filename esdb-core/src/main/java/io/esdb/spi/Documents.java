package io.esdb.spi;

import io.esdb.Registration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The small replicated values that modules keep in a store's tree, and the way to change them together with an append.
 * Reads are local: they see what this node has applied ({@link StoreAccess#barrier} first, to see all that was
 * acknowledged before). Safe to use from any thread.
 *
 * <p>Failures are those of {@code EventStore}: reads fail as its reads, {@link #commit} as its {@code append}.
 */
public interface Documents {
    /** A document, if it exists. */
    Optional<Document> get(DocumentKey key);

    /** Several documents, all of one moment, in the order asked. */
    List<Optional<Document>> get(List<DocumentKey> keys);

    /** A page of documents, all of one moment. A page ends early when it holds 16 MiB. */
    DocumentPage list(DocumentScan scan);

    /**
     * Makes all edits and the append, or nothing, and waits until that is as durable as an append.
     *
     * <p>A transaction whose append was made before (the same event ids) makes its edits if the versions fit, and
     * otherwise gets the first answer, see {@link TransactionResult#repeated}. One without an append is not recognised
     * when it is sent again: after {@link io.esdb.IndeterminateAppend} read the documents, after a barrier.
     *
     * @throws DocumentConflict if a document is not at the version expected
     * @throws io.esdb.LimitExceeded if the whole is larger than {@link #mostBytes}, or the append over the store's limits
     */
    TransactionResult commit(Transaction transaction);

    /** As {@link #commit}, without waiting, as {@code EventStore.appendAsync} does. */
    CompletionStage<TransactionResult> commitAsync(Transaction transaction);

    /**
     * The most bytes of keys, values and events in one transaction that the store's log takes; a few dozen less, since
     * it is framed.
     */
    int mostBytes();

    /**
     * Runs a listener after every commit that changed documents of a branch, on the committing thread: it must only
     * signal. Several commits may share a call.
     */
    default Registration changes(Branch branch, Runnable listener) {
        return changedKeys(branch, keys -> listener.run());
    }

    /**
     * As {@link #changes}, and tells which documents were put or removed. An empty set says that any may have been, as when
     * this node takes over the state of another one.
     */
    Registration changedKeys(Branch branch, Consumer<Set<DocumentKey>> listener);
}
