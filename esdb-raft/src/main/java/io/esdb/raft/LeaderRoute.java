package io.esdb.raft;

import io.esdb.QuestionFailed;
import io.esdb.StoreClosed;
import io.esdb.StoreUnavailable;
import io.esdb.raft.PeerAnswer.NotLeader;
import io.esdb.raft.PeerAnswer.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings a request to whichever node leads a store, trying again until a deadline; for requests that may be repeated. */
final class LeaderRoute {
    private static final long PAUSE_MILLIS = 50;
    private static final Duration ATTEMPT = Duration.ofSeconds(3);

    private final String store;
    private final Peers peers;
    private final Supplier<Standing> standing;
    private final Supplier<List<Member>> members;
    private final ScheduledExecutorService timer;
    private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param standing who leads as this node knows
     * @param members the members as this node knows
     */
    LeaderRoute(
            String store,
            Peers peers,
            Supplier<Standing> standing,
            Supplier<List<Member>> members,
            ScheduledExecutorService timer) {
        this.store = store;
        this.peers = peers;
        this.standing = standing;
        this.members = members;
        this.timer = timer;
    }

    /**
     * The leader's answer. Fails with {@link StoreUnavailable} if none came in time, {@link QuestionFailed} if it refused,
     * {@link StoreClosed} if the store was closed meanwhile.
     */
    CompletableFuture<PeerAnswer> send(PeerRequest request, Duration patience) {
        Attempt attempt = new Attempt(request, System.nanoTime() + patience.toNanos());
        underWay.add(attempt);
        CompletableFuture<PeerAnswer> unused =
                attempt.result.whenComplete((answer, failure) -> underWay.remove(attempt));
        attempt.run();
        return attempt.result;
    }

    /** Ends what is under way, and whatever comes. */
    void close() {
        closed = true;
        underWay.forEach(Attempt::end);
    }

    private final class Attempt implements Runnable {
        private final PeerRequest request;
        private final long end;
        private final CompletableFuture<PeerAnswer> result = new CompletableFuture<>();
        private @Nullable String hint;
        private int attempts;

        Attempt(PeerRequest request, long end) {
            this.request = request;
            this.end = end;
        }

        @Override
        public void run() {
            if (closed) {
                end();
            }
            if (result.isDone()) {
                return;
            }
            try {
                attempt();
            } catch (RuntimeException e) { // on the timer nobody would hear of it
                again("the leader could not be asked", e);
            }
        }

        private void attempt() {
            Member leader = leader();
            if (leader == null) {
                again("no leader is known", null);
                return;
            }
            long left = Math.max(1, end - System.nanoTime());
            Duration deadline =
                    Duration.ofNanos(Math.min(left, deadlineOf(request).toNanos()));
            CompletableFuture<PeerAnswer> unused =
                    peers.send(leader, request, deadline).whenComplete(this::arrived);
        }

        private void arrived(@Nullable PeerAnswer answer, @Nullable Throwable failure) {
            if (answer instanceof NotLeader notLeader) {
                hint = notLeader.leader();
                again("the leader changes", null);
            } else if (answer instanceof Refused refused) {
                result.completeExceptionally(new QuestionFailed(store, refused.reason()));
            } else if (answer != null) {
                result.complete(answer);
            } else {
                hint = null;
                again("the leader was not reached", failure);
            }
        }

        private void again(String reason, @Nullable Throwable cause) {
            if (System.nanoTime() - end >= 0) {
                result.completeExceptionally(new StoreUnavailable(store, reason, cause));
                return;
            }
            try {
                ScheduledFuture<?> unused = timer.schedule(this, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RuntimeException e) { // the node is being closed
                end();
            }
        }

        private void end() {
            result.completeExceptionally(new StoreClosed(store));
        }

        private @Nullable Member leader() {
            String known = standing.get().leader();
            String wanted = known == null ? hint : known;
            List<Member> all = members.get();
            return all.stream()
                    .filter(member -> member.name().equals(wanted))
                    .findFirst()
                    .orElseGet(() -> anyOf(all));
        }

        /** Somebody who may know better. */
        private @Nullable Member anyOf(List<Member> all) {
            return all.isEmpty() ? null : all.get(Math.floorMod(attempts++, all.size()));
        }
    }

    /** A change of members waits until the new one has caught up. */
    private static Duration deadlineOf(PeerRequest request) {
        boolean change = request instanceof PeerRequest.Add
                || request instanceof PeerRequest.Join
                || request instanceof PeerRequest.Remove
                || request instanceof PeerRequest.Transfer;
        return change ? Duration.ofMinutes(1) : ATTEMPT;
    }
}
