package io.esdb.spi;

import io.esdb.LeadershipListener;
import io.esdb.Registration;
import io.esdb.StoreStatus;
import java.util.concurrent.CompletionStage;

/**
 * Orders commands and feeds them to a {@link LogConsumer}; on one JVM or on many. Safe to use from any thread.
 *
 * <p>Stages may be completed on a thread of the log: dependents must be short and must not block or call user code.
 * A stage that fails ends in an {@link io.esdb.EsdbException}, or in the {@link StorageException} that the consumer
 * threw.
 */
public interface CommandLog extends AutoCloseable {
    /**
     * Puts a command into the log.
     *
     * @return the consumer's reply, once the command is durable and applied here. Fails with {@link
     *     io.esdb.StoreClosed} or {@link io.esdb.StoreUnavailable} if it certainly never will be, with {@link
     *     io.esdb.IndeterminateAppend} if that is not known
     */
    CompletionStage<byte[]> submit(byte[] command);

    /**
     * Puts a question to the leader's consumer; not replicated, not ordered.
     *
     * @return the answer. Fails with {@link io.esdb.StoreUnavailable} if no leader was reached in time, with {@link
     *     io.esdb.QuestionFailed} if the leader could not answer
     */
    CompletionStage<byte[]> ask(byte[] question);

    /** Ends once everything that any node acknowledged before the call is applied here. */
    CompletionStage<Void> barrier();

    /**
     * Tells a listener about this node's leadership, from now on and at once about the present state. It is called on
     * a thread of the log and must not block.
     *
     * @return ends the telling when closed
     */
    Registration leadership(LeadershipListener listener);

    /** The most bytes of a command. */
    default int mostBytes() {
        return Integer.MAX_VALUE;
    }

    /** How the log is doing on this node. Never blocks. */
    StoreStatus status();

    /** Accepts nothing more, ends what was accepted, and gives everything back. Closing twice does nothing. */
    @Override
    void close();
}
