package io.esdb.engine;

import io.esdb.LeadershipListener;
import io.esdb.Registration;
import io.esdb.spi.Branch;
import io.esdb.spi.CommandLog;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.Question;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a store tells and is asked beside appends and reads: new events, leadership, questions. */
final class Signals implements AutoCloseable {
    private final String store;
    private final CommandLog log;
    private final WakeUps wakeUps;
    private final Questions questions;
    private final Deadlines deadlines;
    private final Executor callbacks;

    Signals(
            String store,
            CommandLog log,
            WakeUps wakeUps,
            Questions questions,
            Deadlines deadlines,
            Executor callbacks) {
        this.store = store;
        this.log = log;
        this.wakeUps = wakeUps;
        this.questions = questions;
        this.deadlines = deadlines;
        this.callbacks = callbacks;
    }

    void await(long position, Duration timeout) {
        wakeUps.await(position, timeout);
    }

    /** Ends the waits for positions that will not come any more. */
    @Override
    public void close() {
        wakeUps.close();
    }

    Registration wakeUps(Runnable listener) {
        return wakeUps.listen(listener);
    }

    Registration changes(Branch branch, Runnable listener) {
        return wakeUps.listenToAny(branch, listener);
    }

    Registration changedKeys(Branch branch, Consumer<Set<DocumentKey>> listener) {
        return wakeUps.listen(branch, listener);
    }

    /** The listener is called on the executor for callbacks, so it cannot hold up the log. */
    Registration leadership(LeadershipListener listener) {
        return log.leadership(new LeadershipRelay(store, listener, callbacks));
    }

    <Q, A> Registration answer(Question<Q, A> kind, Function<Q, CompletionStage<A>> handler) {
        return questions.register(kind, handler);
    }

    <Q, A> CompletionStage<A> ask(Question<Q, A> kind, Q question) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        CompletionStage<byte[]> unused = log.ask(questions.encode(kind, question))
                .whenComplete((bytes, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(Failures.ofQuestion(store, failure));
                    } else {
                        answer.complete(bytes);
                    }
                });
        return deadlines.watchQuestion(answer).thenApplyAsync(kind.answered(), callbacks);
    }
}
