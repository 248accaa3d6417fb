package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.Selector;
import java.time.Duration;
import java.util.List;

/**
 * How a persistent subscription is doing: its definition as this node has it, and what the leader says.
 *
 * @param name its name
 * @param selector which events it is about
 * @param options how it delivers
 * @param state what it is doing
 * @param reason why it was stopped; empty if it was not
 * @param node the node that leads; empty for a store without peers, or if it was not reached
 * @param checkpoint all events that are selected up to this position are done with; -1 if none or not known
 * @param lag how many positions the store is ahead of the checkpoint; events that are not selected count until they are passed
 * @param lagTime how long the first event that is not done with has been in the store
 * @param inFlight how many events are with consumers
 * @param open how many events were read and are not done with, those in flight among them
 * @param retrying how many of these have failed and are tried again
 * @param parked how many events are parked, counted up to 10,000
 * @param replaying how many events that were parked are to be delivered once more and are not known to be done with by what
 *     is stored, counted up to 10,000
 * @param delivered how many deliveries there were since the pool began; as all that follow
 * @param acknowledged how many were acknowledged
 * @param retries how many failed and were to be tried again, those that took too long among them
 * @param timeouts how many took too long
 * @param skipped how many were passed over
 * @param sinceProgress how long ago the last acknowledgements were stored, or the pool began
 * @param lastError the last failure, of an event or of a pool before; empty if there was none
 * @param consumers who is connected, the first 100
 */
public record SubscriptionInfo(
        String name,
        Selector selector,
        PersistentOptions options,
        PoolState state,
        String reason,
        String node,
        long checkpoint,
        long lag,
        Duration lagTime,
        int inFlight,
        int open,
        int retrying,
        int parked,
        int replaying,
        long delivered,
        long acknowledged,
        long retries,
        long timeouts,
        long skipped,
        Duration sinceProgress,
        String lastError,
        List<ConsumerInfo> consumers) {
    /** Copies the list. */
    public SubscriptionInfo {
        consumers = List.copyOf(consumers);
    }

    static SubscriptionInfo of(Definition definition, PoolReport report, int parked, int replaying) {
        return new SubscriptionInfo(
                definition.name(),
                definition.selector(),
                definition.options(),
                stateOf(definition, report),
                definition.stopReason(),
                report.node(),
                report.checkpoint(),
                report.lag(),
                report.lagTime(),
                report.inFlight(),
                report.open(),
                report.retrying(),
                parked,
                replaying,
                report.delivered(),
                report.acknowledged(),
                report.retries(),
                report.timeouts(),
                report.skipped(),
                report.sinceProgress(),
                report.lastError(),
                report.consumers());
    }

    private static PoolState stateOf(Definition definition, PoolReport report) {
        if (!definition.stopReason().isEmpty()) {
            return PoolState.STOPPED;
        }
        return definition.paused() ? PoolState.PAUSED : report.state();
    }
}
