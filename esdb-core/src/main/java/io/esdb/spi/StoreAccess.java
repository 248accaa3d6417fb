package io.esdb.spi;

import io.esdb.LeadershipListener;
import io.esdb.Registration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What modules that are built on a store need beside its API; every {@code EventStore} that {@code EventStores} hands
 * out has it too. Safe to use from any thread.
 */
public interface StoreAccess {
    /**
     * Puts a question to the leader of the store, wherever it is. Not replicated and not ordered: the answer is as
     * good as the leader's word at that moment.
     *
     * @return the answer. Fails with {@link io.esdb.StoreUnavailable} if no leader was reached within the store's
     *     timeout, with {@link io.esdb.QuestionFailed} if the leader could not answer, with {@link
     *     io.esdb.LimitExceeded} if the question has more than {@link Question#MOST_BYTES}
     */
    <Q, A> CompletionStage<A> ask(Question<Q, A> kind, Q question);

    /** The small replicated values that modules keep in the store. */
    Documents documents();

    /**
     * Returns once everything that was acknowledged before the call, on any node, can be read here.
     *
     * @throws io.esdb.StoreUnavailable if that was not so within the store's timeout
     */
    void barrier();

    /**
     * Answers questions of a kind while this node leads.
     *
     * @param handler called on any thread; must not block. What it throws, or fails with, is the asker's failure
     * @return ends the answering when closed
     * @throws io.esdb.InvalidInput if the kind is answered already
     */
    <Q, A> Registration answer(Question<Q, A> kind, Function<Q, CompletionStage<A>> handler);

    /** As {@code EventStore.leadership}, on a thread of the log: the listener must not block. */
    Registration leadershipNow(LeadershipListener listener);

    /**
     * Runs a listener after every commit that brought events, on the committing thread: it must only signal. It says
     * nothing of what was committed, and several commits may share a call.
     */
    Registration wakeUps(Runnable listener);
}
