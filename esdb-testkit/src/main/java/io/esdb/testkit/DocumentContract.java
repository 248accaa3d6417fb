package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.AppendRequest;
import io.esdb.Direction;
import io.esdb.EventData;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.Registration;
import io.esdb.WrongExpectedRevision;
import io.esdb.spi.Branch;
import io.esdb.spi.Document;
import io.esdb.spi.DocumentConflict;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentEdit.Put;
import io.esdb.spi.DocumentEdit.Remove;
import io.esdb.spi.DocumentEdit.Require;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.DocumentPage;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.Documents;
import io.esdb.spi.StoreAccess;
import io.esdb.spi.Transaction;
import io.esdb.spi.TransactionResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a store promises of documents and of transactions over them. */
abstract class DocumentContract extends EventStoreFixture {
    private static final long ANY_VERSION = DocumentEdit.ANY_VERSION;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static DocumentKey key(String name) {
        return new DocumentKey(Branch.SUBSCRIPTIONS, bytes(name));
    }

    private static Put put(String name, long expected, String value) {
        return new Put(key(name), expected, bytes(value));
    }

    private StoreAccess access() {
        return (StoreAccess) store;
    }

    private Documents documents() {
        return access().documents();
    }

    private TransactionResult commit(DocumentEdit... edits) {
        return documents().commit(Transaction.of(edits));
    }

    private Optional<Document> get(String name) {
        return documents().get(key(name));
    }

    private static Optional<Document> document(long version, String value) {
        return Optional.of(new Document(version, bytes(value)));
    }

    @Test
    void aDocumentIsThereAsItWasPutAndItsVersionCounts() {
        assertThat(get("a")).isEmpty();

        assertThat(commit(put("a", DocumentEdit.MISSING, "one")).versions()).containsExactly(1L);
        assertThat(commit(put("a", 1, "two")).versions()).containsExactly(2L);
        assertThat(commit(put("a", ANY_VERSION, "three")).versions()).containsExactly(3L);
        reopen();

        assertThat(get("a")).isEqualTo(document(3, "three"));
    }

    @Test
    void aRemovedDocumentIsGoneAndBeginsAnew() {
        commit(put("a", 0, "one"));

        assertThat(commit(new Remove(key("a"), 1)).versions()).containsExactly(0L);
        assertThat(get("a")).isEmpty();
        assertThat(commit(new Remove(key("a"), ANY_VERSION)).versions()).containsExactly(0L);
        assertThat(commit(put("a", 0, "again")).versions()).containsExactly(1L);
    }

    @Test
    void aTransactionIsRefusedWholeIfOneDocumentIsAtAnotherVersion() {
        commit(put("a", 0, "one"));

        DocumentConflict conflict = failure(
                DocumentConflict.class, () -> commit(put("b", 0, "new"), put("a", 7, "two"), new Require(key("c"), 5)));

        assertThat(conflict.key()).isEqualTo(key("a"));
        assertThat(conflict.expected()).isEqualTo(7);
        assertThat(conflict.actual()).isEqualTo(1);
        assertThat(documents().get(List.of(key("a"), key("b")))).containsExactly(document(1, "one"), Optional.empty());
    }

    @Test
    void aRequiredVersionGuardsWithoutAChange() {
        commit(put("fence", 0, "term 1"));

        assertThat(commit(new Require(key("fence"), 1), put("a", 0, "x")).versions())
                .containsExactly(1L, 1L);
        failure(DocumentConflict.class, () -> commit(new Require(key("fence"), 2), put("a", 1, "y")));

        assertThat(get("a")).isEqualTo(document(1, "x"));
        assertThat(get("fence")).isEqualTo(document(1, "term 1"));
    }

    @Test
    void eventsAndDocumentsCommitTogetherOrNotAtAll() {
        AppendRequest first = AppendRequest.to("s", NO_STREAM, event("A"));

        TransactionResult done =
                documents().commit(Transaction.of(put("a", 0, "at 0")).appending(first));
        failure(
                DocumentConflict.class,
                () -> documents()
                        .commit(Transaction.of(put("a", 0, "at 1")).appending(AppendRequest.to("s", ANY, event("B")))));
        failure(
                WrongExpectedRevision.class,
                () -> documents()
                        .commit(Transaction.of(put("a", 1, "at 1"))
                                .appending(AppendRequest.to("s", NO_STREAM, event("B")))));

        assertThat(done.appended()).isNotNull();
        assertThat(done.repeated()).isFalse();
        assertThat(all()).hasSize(1);
        assertThat(get("a")).isEqualTo(document(1, "at 0"));
    }

    @Test
    void aTransactionThatIsSentAgainGetsTheFirstAnswer() {
        EventData event = event("A");
        Transaction transaction = Transaction.of(put("a", 0, "v")).appending(AppendRequest.to("s", NO_STREAM, event));
        TransactionResult first = documents().commit(transaction);
        reopen();

        TransactionResult again = documents().commit(transaction);

        assertThat(again.repeated()).isTrue();
        assertThat(again.appended()).isEqualTo(first.appended());
        assertThat(again.versions()).isEqualTo(first.versions());
        assertThat(get("a")).isEqualTo(document(1, "v"));
        assertThat(all()).hasSize(1);
    }

    @Test
    void editsOfEventsThatWereAppendedAloneAreStillMade() {
        AppendRequest append = AppendRequest.to("s", NO_STREAM, event("A"));
        store.append(append);

        TransactionResult done =
                documents().commit(Transaction.of(put("a", 0, "v")).appending(append));

        assertThat(done.repeated()).isFalse();
        assertThat(get("a")).isEqualTo(document(1, "v"));
        assertThat(all()).hasSize(1);
    }

    @Test
    void documentsAreListedInTheOrderOfTheirKeysInBothDirections() {
        for (String name : List.of("b/2", "a/1", "b/1", "c/1", "b/3")) {
            commit(put(name, 0, name));
        }

        DocumentScan scan = DocumentScan.forward(Branch.SUBSCRIPTIONS, bytes("b/"), 2);
        assertThat(names(scan)).containsExactly("b/1", "b/2", "b/3");
        assertThat(names(DocumentScan.backward(Branch.SUBSCRIPTIONS, bytes("b/"), 1)))
                .containsExactly("b/3", "b/2", "b/1");
        assertThat(names(new DocumentScan(Branch.SUBSCRIPTIONS, bytes("b/"), bytes("b/25"), Direction.BACKWARD, 1)))
                .containsExactly("b/2", "b/1");
        assertThat(names(DocumentScan.forward(Branch.SNAPSHOTS, bytes(""), 10))).isEmpty();
    }

    /** Page by page. */
    private List<String> names(DocumentScan scan) {
        List<String> names = new ArrayList<>();
        DocumentPage page = documents().list(scan);
        while (true) {
            page.entries().forEach(entry -> names.add(new String(entry.key().key(), StandardCharsets.UTF_8)));
            byte[] next = page.next();
            if (next == null) {
                return names;
            }
            page = documents().list(scan.from(next));
        }
    }

    @Test
    void changesOfABranchAreSignalledAndThoseOfOthersAreNot() throws Exception {
        Semaphore signals = new Semaphore(0);
        Semaphore others = new Semaphore(0);
        Registration registration = documents().changes(Branch.SUBSCRIPTIONS, signals::release);
        Registration other = documents().changes(Branch.PROJECTIONS, others::release);

        commit(put("a", 0, "x"));
        assertThat(signals.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        registration.close();
        signals.drainPermits();
        commit(put("a", 1, "y"));
        append("s", 1);

        assertThat(signals.availablePermits()).isZero();
        assertThat(others.availablePermits()).isZero();
        other.close();
    }

    @Test
    void itIsToldWhichDocumentsOfABranchHaveChanged() throws Exception {
        BlockingQueue<Set<DocumentKey>> told = new LinkedBlockingQueue<>();
        Registration registration = documents().changedKeys(Branch.SUBSCRIPTIONS, told::add);
        DocumentKey elsewhere = new DocumentKey(Branch.PROJECTIONS, bytes("a"));

        commit(put("a", 0, "x"), put("b", 0, "x"), new Put(elsewhere, 0, bytes("x")));
        assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(Set.of(key("a"), key("b")));
        commit(new Remove(key("b"), 1), new Require(key("a"), 1));
        assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(Set.of(key("b")));

        registration.close();
    }

    @Test
    void aBarrierReturns() {
        commit(put("a", 0, "x"));

        access().barrier();

        assertThat(get("a")).isPresent();
    }

    @Test
    void badTransactionsAreRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> Transaction.of()).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Transaction.of(put("a", 0, "x"), new Remove(key("a"), 0)))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Transaction.of(put("a", -2, "x"))).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new DocumentKey(Branch.STREAMS, bytes("a"))).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> key("")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> key("k".repeat(DocumentKey.MOST_BYTES + 1))).isInstanceOf(LimitExceeded.class);
        Put huge = new Put(key("a"), 0, new byte[Transaction.MOST_BYTES]);
        assertThatThrownBy(() -> Transaction.of(huge)).isInstanceOf(LimitExceeded.class);
        EventData[] tooMany = events(10_001);
        Transaction large = Transaction.of(put("a", 0, "x")).appending(AppendRequest.to("s", ANY, tooMany));

        failure(LimitExceeded.class, () -> documents().commit(large));

        assertThat(get("a")).isEmpty();
        assertThat(all()).isEmpty();
    }

    @Test
    void transactionsOfManyThreadsLoseNoCount() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int done = 0; done < 10; ) {
                    long version = get("counter").map(Document::version).orElse(0L);
                    try {
                        commit(put("counter", version, "n"));
                        done++;
                    } catch (DocumentConflict another) {
                        assertThat(another.actual()).isGreaterThan(version);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(get("counter").map(Document::version)).contains(40L);
    }

    @Test
    void anAsynchronousTransactionEndsAsABlockingOneDoes() throws Exception {
        TransactionResult done = documents()
                .commitAsync(Transaction.of(put("a", 0, "x")))
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);

        assertThat(done.versions()).containsExactly(1L);
        assertThat(failureOf(documents().commitAsync(Transaction.of(put("a", 0, "y")))))
                .isInstanceOf(DocumentConflict.class);
    }
}
