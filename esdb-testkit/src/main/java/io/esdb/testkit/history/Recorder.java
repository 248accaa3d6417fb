package io.esdb.testkit.history;

import io.esdb.AppendConditionFailed;
import io.esdb.EventStore;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreClosed;
import io.esdb.StoreOverloaded;
import io.esdb.StoreUnavailable;
import io.esdb.WrongExpectedRevision;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Makes calls and writes down what was asked and answered, and when. Safe to use from any thread. */
public final class Recorder {
    private final long start = System.nanoTime();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Map<EventStore, Integer> openings = Collections.synchronizedMap(new IdentityHashMap<>());

    /** A recorder without any calls. */
    public Recorder() {}

    /**
     * Sends a request and waits for its end, as long as the store lets it wait.
     *
     * @param client who asks
     * @param node which node the store belongs to
     * @param store the node's store; the same object as long as the node is not started again
     * @return the outcome; whatever the store throws becomes one
     */
    public Outcome call(int client, int node, EventStore store, Request request) {
        int opening = openings.computeIfAbsent(store, unknown -> openings.size());
        Call call = new Call(client, node, opening, System.nanoTime() - start, request);
        calls.add(call);
        Outcome outcome = outcome(store, request);
        call.end = new End(System.nanoTime() - start, outcome);
        return outcome;
    }

    /** What was recorded up to now; an append that has not returned is {@link Outcome.Unknown}. */
    public History history() {
        return new History(calls.stream().map(Call::operation).toList());
    }

    private static Outcome outcome(EventStore store, Request request) {
        try {
            return send(store, request);
        } catch (WrongExpectedRevision e) {
            return new Outcome.WrongRevision(e.stream(), e.actual());
        } catch (AppendConditionFailed e) {
            return new Outcome.ConditionFailed(e.position());
        } catch (StoreUnavailable | StoreOverloaded | StoreClosed e) {
            return new Outcome.NotDone(e.toString());
        } catch (IndeterminateAppend e) {
            return request instanceof Request.Append ? new Outcome.Unknown(e.toString()) : failed(e);
        } catch (RuntimeException | Error e) {
            return failed(e);
        }
    }

    private static Outcome send(EventStore store, Request request) {
        if (request instanceof Request.Append append) {
            return new Outcome.Appended(store.append(append.request()));
        }
        if (request instanceof Request.ReadStream stream) {
            return new Outcome.Found(store.read(stream.read()));
        }
        return new Outcome.Found(store.read(((Request.ReadLog) request).read()));
    }

    private static Outcome failed(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return new Outcome.Failed(failure + (stack.length == 0 ? "" : " at " + stack[0]));
    }

    private record End(long time, Outcome outcome) {}

    private static final class Call {
        private final int client;
        private final int node;
        private final int opening;
        private final long invoked;
        private final Request request;
        private volatile @Nullable End end;

        Call(int client, int node, int opening, long invoked, Request request) {
            this.client = client;
            this.node = node;
            this.opening = opening;
            this.invoked = invoked;
            this.request = request;
        }

        Operation operation() {
            End known = end;
            End shown = known == null ? new End(Operation.NEVER, new Outcome.Unknown("no answer yet")) : known;
            return new Operation(client, node, opening, invoked, shown.time, request, shown.outcome);
        }
    }
}
