package io.esdb.engine;

import io.esdb.LeadershipListener;
import io.esdb.NodeRole;
import io.esdb.Registration;
import io.esdb.StoreClosed;
import io.esdb.StoreStatus;
import io.esdb.engine.Inbox.Letter;
import io.esdb.spi.CommandLog;
import io.esdb.spi.LogConsumer;
import io.esdb.spi.LogEntry;
import io.esdb.spi.LogIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command log of a store on a single JVM: one writer thread that takes all that waits and has it applied as one
 * batch, which the storage syncs once. The storage keeps what it commits; commands are written nowhere else.
 */
final class LocalCommandLog implements CommandLog {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCommandLog.class);
    private static final long FIRST_TERM = 1;
    /** Waking so few callers costs the writer less than handing them to another thread costs them. */
    private static final int ANSWERED_BY_WRITER = 2;

    private final String store;
    private final LogConsumer consumer;
    private final Duration patience;
    private final Inbox inbox = new Inbox();
    private final long term;
    private final Thread writer;
    private final ExecutorService answerer;

    LocalCommandLog(String store, LogConsumer consumer, Duration patience) {
        this.store = store;
        this.consumer = consumer;
        this.patience = patience;
        // A node of a cluster that is opened alone goes on in the last term that it applied.
        this.term = Math.max(FIRST_TERM, consumer.applied().term());
        this.answerer = Threads.single("esdb-answerer-" + store);
        this.writer = Threads.daemon("esdb-writer-" + store, this::run);
        writer.start();
    }

    @Override
    public CompletionStage<byte[]> submit(byte[] command) {
        Letter letter = new Letter(command);
        return inbox.add(letter) ? letter.reply() : CompletableFuture.failedFuture(new StoreClosed(store));
    }

    @Override
    public CompletionStage<byte[]> ask(byte[] question) {
        return consumer.answer(question);
    }

    @Override
    public CompletionStage<Void> barrier() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Registration leadership(LeadershipListener listener) {
        listener.changed(true, term);
        return () -> {};
    }

    @Override
    public StoreStatus status() {
        long index = consumer.applied().index();
        return new StoreStatus(NodeRole.LEADER, "", "", term, index, index, List.of(), List.of());
    }

    @Override
    public void close() {
        inbox.close();
        boolean ended = Threads.join(writer, patience);
        answerer.shutdown();
        if (!ended || !Threads.end(answerer, patience)) {
            LOG.atWarn().addKeyValue("store", store).log("the writer did not end in time; the disk may hang");
        }
    }

    private void run() {
        boolean more = true;
        while (more) {
            more = step();
        }
    }

    /** False once the inbox is closed and drained. */
    private boolean step() {
        try {
            List<Letter> letters = inbox.take();
            if (!letters.isEmpty()) {
                apply(letters);
            }
            return !letters.isEmpty();
        } catch (Throwable failure) { // a writer that ends would stop the store silently
            LOG.atError().addKeyValue("store", store).setCause(failure).log("the writer goes on after a failure");
            return true;
        }
    }

    private void apply(List<Letter> letters) {
        try {
            List<byte[]> replies = consumer.apply(entries(letters));
            answer(letters, () -> {
                for (int i = 0; i < replies.size(); i++) {
                    letters.get(i).reply().complete(replies.get(i));
                }
            });
        } catch (Throwable failure) { // the writer must outlive whatever a batch runs into
            answer(letters, () -> letters.forEach(letter -> letter.reply().completeExceptionally(failure)));
        }
    }

    private void answer(List<Letter> letters, Runnable completion) {
        if (letters.size() <= ANSWERED_BY_WRITER) {
            completion.run();
        } else {
            answerer.execute(completion);
        }
    }

    private List<LogEntry> entries(List<Letter> letters) {
        long index = consumer.applied().index();
        List<LogEntry> entries = new ArrayList<>(letters.size());
        for (Letter letter : letters) {
            index++;
            entries.add(LogEntry.of(new LogIndex(term, index), letter.command()));
        }
        return entries;
    }
}
