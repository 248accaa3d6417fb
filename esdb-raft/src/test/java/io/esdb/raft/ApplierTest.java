package io.esdb.raft;

import static io.esdb.raft.Items.bytes;
import static io.esdb.raft.Items.failureOf;
import static io.esdb.raft.Items.item;
import static io.esdb.raft.Items.plenty;
import static io.esdb.raft.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.esdb.IndeterminateAppend;
import io.esdb.StoreCorrupt;
import io.esdb.StoreFailed;
import io.esdb.raft.Applier.Committed;
import io.esdb.spi.LogIndex;
import io.esdb.spi.LogState;
import io.esdb.spi.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ApplierTest {
    private static final long ORIGIN = 77;

    private final GivenConsumer consumer = new GivenConsumer();
    private final Submissions submissions = new Submissions("orders", ORIGIN);
    private final List<LogState> progress = new CopyOnWriteArrayList<>();
    private final Applier applier = new Applier("orders", consumer, submissions, progress::add);

    @AfterEach
    void stop() throws InterruptedException {
        consumer.release();
        applier.stop();
        assertThat(applier.join(Duration.ofMinutes(1))).isTrue();
    }

    private CompletableFuture<LogIndex> enqueue(long term, long index, Item... items) {
        Committed entry = new Committed(new LogIndex(term, index), List.of(items), new CompletableFuture<>());
        applier.enqueue(entry);
        return entry.done();
    }

    /** What is submitted here and sent at once. */
    private void enqueueOwn(long index) {
        CompletableFuture<LogIndex> unused = enqueue(5, index);
    }

    private CompletableFuture<byte[]> send(long term, String command) {
        CompletableFuture<byte[]> reply = submissions.add(bytes(command), Long.MAX_VALUE);
        submissions.take(term, plenty());
        return reply;
    }

    private static StorageException full() {
        return new StorageException(StorageException.Kind.FULL, "on purpose", null);
    }

    @Test
    void entries_are_applied_in_order_and_their_submitters_answered() {
        CompletableFuture<byte[]> a = send(5, "a");
        CompletableFuture<byte[]> barrier = send(5, "");
        CompletableFuture<byte[]> b = send(5, "b");
        applier.start();

        CompletableFuture<LogIndex> unused68 = enqueue(5, 0);
        CompletableFuture<LogIndex> unused69 =
                enqueue(5, 1, item(1, 0, "x"), item(ORIGIN, 0, "a"), item(ORIGIN, 1, ""), item(ORIGIN, 2, "b"));

        assertThat(a.join()).isEqualTo(bytes("a"));
        assertThat(barrier.join()).isEmpty();
        assertThat(b.join()).isEqualTo(bytes("b"));
        assertThat(consumer.stored().get(0).commands()).isEmpty();
        assertThat(consumer.stored().get(1).commands()).containsExactly(bytes("x"), bytes("a"), bytes("b"));
    }

    @Test
    void whoever_brought_an_entry_learns_when_it_is_applied() {
        applier.start();

        assertThat(enqueue(5, 0).join()).isEqualTo(new LogIndex(5, 0));

        assertThat(consumer.applied()).isEqualTo(new LogIndex(5, 0));
        await().until(() -> !progress.isEmpty());
        assertThat(progress.get(0).applied()).isEqualTo(new LogIndex(5, 0));
    }

    @Test
    void what_gathers_is_applied_together_but_batches_end_at_sampled_indexes() {
        IntStream.range(0, 1_500).forEach(this::enqueueOwn);
        CompletableFuture<LogIndex> last = enqueue(5, 1_500);

        applier.start();
        last.join();

        assertThat(consumer.batches()).containsExactly(512, 512, 477);
        assertThat(progress).extracting(state -> state.applied().index()).contains(1_023L);
    }

    @Test
    void what_waits_for_a_storage_that_stands_still_is_bounded_in_bytes() throws Exception {
        consumer.hold();
        applier.start();
        byte[] large = new byte[1 << 20];
        AtomicInteger taken = new AtomicInteger();
        int all = 60;
        Thread log = new Thread(() -> IntStream.range(0, all).forEach(index -> {
            CompletableFuture<LogIndex> unused = enqueue(5, index, new Item(1, index, large));
            taken.incrementAndGet();
        }));
        log.start();
        await().until(() -> applier.waitingBytes() >= Applier.MOST_BYTES && log.getState() != Thread.State.RUNNABLE);

        assertThat(applier.waitingBytes()).isLessThan(Applier.MOST_BYTES + 2 * large.length);
        assertThat(taken).hasValueLessThan(all);

        consumer.release();
        log.join(60_000);
        await().until(() -> consumer.applied().equals(new LogIndex(5, all - 1)));
        assertThat(applier.waitingBytes()).isZero();
    }

    @Test
    void a_batch_is_cut_at_a_sampled_index() {
        consumer.imageAt(new LogIndex(5, 1_020));
        applier.install(Path.of("image"));
        IntStream.range(1_021, 1_030).forEach(this::enqueueOwn);
        CompletableFuture<LogIndex> last = enqueue(5, 1_030);

        applier.start();
        last.join();

        assertThat(consumer.batches()).containsExactly(3, 7);
    }

    @Test
    void a_later_term_gives_back_what_was_sent_before_it() {
        CompletableFuture<byte[]> reply = send(5, "a");
        applier.start();

        enqueue(6, 0).join();

        assertThat(reply).isNotDone();
        assertThat(texts(submissions.take(6, plenty()))).containsExactly("a");
    }

    @Test
    void a_batch_that_cannot_be_stored_is_tried_again_until_it_is() {
        CompletableFuture<byte[]> reply = send(5, "a");
        consumer.failNext(full(), 0);
        consumer.failNext(full(), 0);
        applier.start();

        CompletableFuture<LogIndex> done = enqueue(5, 0, item(ORIGIN, 0, "a"));

        assertThat(reply.join()).isEqualTo(bytes("a"));
        done.join();
        assertThat(consumer.attempts()).isEqualTo(3);
        assertThat(consumer.stored()).hasSize(1);
        await().until(() -> applier.trouble() == null);
        assertThat(applier.isBroken()).isFalse();
    }

    @Test
    void while_a_batch_cannot_be_stored_there_is_trouble_and_nobody_is_answered() {
        CompletableFuture<byte[]> reply = send(5, "a");
        StorageException failure = full();
        IntStream.range(0, 1_000).forEach(i -> consumer.failNext(failure, 0));
        applier.start();

        CompletableFuture<LogIndex> unused149 = enqueue(5, 0, item(ORIGIN, 0, "a"));

        await().until(() -> applier.trouble() == failure);
        assertThat(reply).isNotDone();
        assertThat(applier.isBroken()).isFalse();
    }

    @Test
    void what_a_failed_commit_has_stored_is_not_applied_twice_and_its_answer_is_lost() {
        CompletableFuture<byte[]> a = send(5, "a");
        CompletableFuture<byte[]> b = send(5, "b");
        consumer.failNext(full(), 1);
        CompletableFuture<LogIndex> first = enqueue(5, 0, item(ORIGIN, 0, "a"));
        CompletableFuture<LogIndex> second = enqueue(5, 1, item(ORIGIN, 1, "b"));

        applier.start();

        assertThat(second.join().index()).isEqualTo(1);
        assertThat(first).isCompleted();
        assertThat(failureOf(a)).isInstanceOf(IndeterminateAppend.class);
        assertThat(b.join()).isEqualTo(bytes("b"));
        assertThat(consumer.stored()).extracting(entry -> entry.at().index()).containsExactly(0L, 1L);
    }

    @Test
    void entries_that_are_applied_already_are_skipped() {
        consumer.imageAt(new LogIndex(5, 1));
        applier.install(Path.of("image"));
        applier.start();

        enqueue(5, 0, item(1, 0, "a")).join();
        enqueue(5, 1, item(1, 1, "b")).join();
        enqueue(5, 2, item(1, 2, "c")).join();

        assertThat(consumer.stored()).extracting(entry -> entry.at().index()).containsExactly(2L);
    }

    @Test
    void a_store_that_must_not_go_on_ends_it_all() {
        assertEnds(new StoreFailed("orders", "on purpose", null));
    }

    @Test
    void a_store_that_failed_meanwhile_ends_it_all() {
        assertEnds(new IndeterminateAppend("orders", "on purpose", null));
    }

    @Test
    void damage_ends_it_all() {
        assertEnds(new StoreCorrupt("orders", "on purpose", null));
    }

    @Test
    void an_error_ends_it_all() {
        assertEnds(new AssertionError("on purpose"));
    }

    private void assertEnds(Throwable failure) {
        CompletableFuture<byte[]> sent = send(5, "a");
        CompletableFuture<byte[]> waiting = submissions.add(bytes("b"), Long.MAX_VALUE);
        consumer.failNext(failure, 0);
        CompletableFuture<LogIndex> first = enqueue(5, 0, item(ORIGIN, 0, "a"));
        CompletableFuture<LogIndex> second = enqueue(5, 1);

        applier.start();

        await().until(() -> first.isDone() && second.isDone() && sent.isDone());
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        assertThat(failureOf(sent)).isInstanceOf(IndeterminateAppend.class).hasCause(failure);
        assertThat(waiting).isNotDone();
        assertThat(applier.isBroken()).isTrue();
        assertThat(applier.trouble()).isEqualTo(failure);
        assertThat(consumer.attempts()).isEqualTo(1);
        assertThatIllegalStateException().isThrownBy(() -> enqueue(5, 2)).withCause(failure);
    }

    @Test
    void an_image_replaces_the_state_and_leaves_open_what_became_of_what_was_sent() {
        CompletableFuture<byte[]> sent = send(5, "a");
        CompletableFuture<byte[]> waiting = submissions.add(bytes("b"), Long.MAX_VALUE);
        consumer.imageAt(new LogIndex(7, 20));

        assertThat(applier.install(Path.of("image"))).isEqualTo(new LogIndex(7, 20));

        assertThat(failureOf(sent)).isInstanceOf(IndeterminateAppend.class);
        assertThat(waiting).isNotDone();
        assertThat(progress).extracting(LogState::applied).containsExactly(new LogIndex(7, 20));
    }

    @Test
    void after_an_image_nothing_is_sent_in_a_term_before_it() {
        CompletableFuture<byte[]> unused236 = submissions.add(bytes("a"), Long.MAX_VALUE);
        consumer.imageAt(new LogIndex(7, 20));

        applier.install(Path.of("image"));

        assertThat(submissions.take(6, plenty())).isEmpty();
        assertThat(texts(submissions.take(7, plenty()))).containsExactly("a");
    }

    @Test
    void once_stopped_it_takes_nothing_and_what_waits_is_not_applied() throws InterruptedException {
        consumer.hold();
        applier.start();
        CompletableFuture<LogIndex> unused249 = enqueue(5, 0);
        await().until(consumer::isHeld);
        CompletableFuture<LogIndex> second = enqueue(5, 1);

        applier.stop();
        consumer.release();

        assertThat(applier.join(Duration.ofMinutes(1))).isTrue();
        assertThat(second).isCompletedExceptionally();
        assertThat(consumer.stored()).hasSize(1);
        assertThatIllegalStateException().isThrownBy(() -> enqueue(5, 2));
    }
}
