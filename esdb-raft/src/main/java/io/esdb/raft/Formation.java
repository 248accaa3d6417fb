package io.esdb.raft;

import io.esdb.StoreClosed;
import io.esdb.StoreUnavailable;
import io.esdb.raft.MemberRecord.State;
import io.esdb.raft.PeerAnswer.NotLeader;
import io.esdb.raft.PeerAnswer.Phase;
import io.esdb.raft.PeerRequest.Hello;
import io.esdb.raft.PeerRequest.Join;
import io.esdb.raft.PeerRequest.Prepare;
import io.esdb.raft.PeerRequest.Settle;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Finds or makes the group of a store that this node has no part in yet. A group is made in two rounds, by the first
 * member in the order of names, and only when all members are there and none is in a group: first each notes the group,
 * then each starts it. So no two groups form, whoever stops or comes back in between. Where a group exists, this node
 * joins it.
 */
final class Formation {
    static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration CHANGE = Duration.ofMinutes(1);
    private static final long FIRST_PAUSE_MILLIS = 100;
    /** Long enough not to fill the log of a node that turns this one away. */
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final String store;
    private final RaftOptions options;
    private final Peers peers;
    private final Opening opening;
    private final List<Member> others;
    /** Why members did not answer when they were asked last. */
    private final Map<Member, String> reasons = new HashMap<>();

    private final long end;
    private String obstacle = "the other members were not asked yet";

    Formation(String store, RaftOptions options, Peers peers, Opening opening) {
        this.store = store;
        this.options = options;
        this.peers = peers;
        this.opening = opening;
        this.end = System.nanoTime() + options.formationTimeout().toNanos();
        this.others = options.members().stream()
                .filter(member -> !member.equals(options.self()))
                .sorted(Comparator.comparing(Member::name))
                .toList();
    }

    /**
     * Returns once this node may start a group, as one of those who made it or to join it.
     *
     * @throws StoreUnavailable if the other members were not there, or did not agree, in time
     * @throws StoreClosed if the node was closed meanwhile
     */
    MemberRecord run() throws IOException, InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            if (opening.isEnded()) {
                throw new StoreClosed(store);
            }
            MemberRecord found = attempt();
            if (found != null) {
                return found;
            }
            if (System.nanoTime() - end >= 0) {
                throw new StoreUnavailable(store, "its cluster could not be formed: " + obstacle, null);
            }
            opening.awaitChange(pause);
            pause = Math.min(pause + FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
        }
    }

    private @Nullable MemberRecord attempt() throws IOException, InterruptedException {
        MemberRecord mine = opening.record();
        if (mine != null && mine.state() == State.AGREED) {
            return mine;
        }
        if (others.isEmpty()) {
            return opening.alone();
        }
        Map<Member, PeerAnswer.State> states = hello();
        Optional<PeerAnswer.State> formed = states.values().stream()
                .filter(state -> state.phase() == Phase.MEMBER)
                .findFirst();
        if (formed.isPresent()) {
            return existing(mine, formed.get(), states);
        }
        if (options.listener()) {
            obstacle = whatForListener(states);
            return null;
        }
        return isComplete(states) && isAgreed(states) && isFirst() ? form() : null;
    }

    private String whatForListener(Map<Member, PeerAnswer.State> states) {
        return states.entrySet().stream()
                .filter(state -> state.getValue().members().contains(options.self()))
                .map(state -> "member '" + state.getKey().name() + "' must not name it, a read replica, among those who"
                        + " form the cluster")
                .findFirst()
                .orElse("a read replica waits until the others have formed it");
    }

    private boolean isComplete(Map<Member, PeerAnswer.State> states) {
        List<String> missing = others.stream()
                .filter(other -> !states.containsKey(other) || states.get(other).phase() == Phase.UNKNOWN)
                .map(other -> text(other) + " (" + reasons.getOrDefault(other, "has not opened it") + ")")
                .toList();
        if (!missing.isEmpty()) {
            obstacle = "it waits for " + String.join(", ", missing);
        }
        return missing.isEmpty();
    }

    /** Whether the others were given the same members; what a member noted of an earlier attempt does not count. */
    private boolean isAgreed(Map<Member, PeerAnswer.State> states) {
        Set<Member> mine = Set.copyOf(options.members());
        for (Map.Entry<Member, PeerAnswer.State> state : states.entrySet()) {
            List<Member> theirs = state.getValue().members();
            if (state.getValue().phase() == Phase.NEW && !mine.equals(Set.copyOf(theirs))) {
                obstacle = "member '" + state.getKey().name() + "' was given the members " + text(theirs)
                        + ", and this one " + text(options.members());
                return false;
            }
        }
        return true;
    }

    private static String text(Member member) {
        return member.name() + " at " + member.address();
    }

    static String text(List<Member> members) {
        return String.join(", ", members.stream().map(Formation::text).toList());
    }

    private boolean isFirst() {
        boolean first = options.self().name().compareTo(others.get(0).name()) < 0;
        if (!first) {
            obstacle = "it waits for member '" + others.get(0).name() + "' to form the cluster";
        }
        return first;
    }

    private Map<Member, PeerAnswer.State> hello() throws InterruptedException {
        Map<Member, CompletableFuture<PeerAnswer>> asked = new HashMap<>();
        others.forEach(other -> asked.put(other, peers.send(other, new Hello(store), ANSWER)));
        Map<Member, PeerAnswer.State> states = new HashMap<>();
        reasons.clear();
        for (Map.Entry<Member, CompletableFuture<PeerAnswer>> other : asked.entrySet()) {
            if (answered(other.getValue()) instanceof PeerAnswer.State state) {
                states.put(other.getKey(), state);
            } else {
                reasons.put(other.getKey(), obstacle);
            }
        }
        return states;
    }

    private @Nullable PeerAnswer answered(CompletableFuture<PeerAnswer> answer) throws InterruptedException {
        try {
            PeerAnswer came = answer.get();
            if (came instanceof PeerAnswer.Refused refused) {
                obstacle = refused.reason();
            }
            return came;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            obstacle = cause instanceof PeerFailure ? String.valueOf(cause.getMessage()) : String.valueOf(cause);
            return null;
        }
    }

    private @Nullable MemberRecord form() throws IOException, InterruptedException {
        UUID group = UUID.randomUUID();
        PeerAnswer mine = opening.prepare(group, options.members());
        if (!(mine instanceof PeerAnswer.Done) || !all(new Prepare(store, group, options.members()))) {
            return null;
        }
        // From here on this node counts as a member; whoever misses the second round learns of it from this node.
        PeerAnswer settled = opening.settle(group);
        boolean unused = all(new Settle(store, group));
        return settled instanceof PeerAnswer.Done ? opening.record() : null;
    }

    private boolean all(PeerRequest request) throws InterruptedException {
        List<CompletableFuture<PeerAnswer>> answers =
                others.stream().map(other -> peers.send(other, request, ANSWER)).toList();
        boolean all = true;
        for (CompletableFuture<PeerAnswer> answer : answers) {
            all &= answered(answer) instanceof PeerAnswer.Done;
        }
        return all;
    }

    private @Nullable MemberRecord existing(
            @Nullable MemberRecord mine, PeerAnswer.State formed, Map<Member, PeerAnswer.State> states)
            throws IOException, InterruptedException {
        UUID group = formed.group();
        if (mine != null && mine.group().equals(group) && isStillMe(mine)) {
            PeerAnswer unused = opening.settle(mine.group()); // missed the second round, and never started the group
            return opening.record();
        }
        for (Map.Entry<Member, PeerAnswer.State> state : states.entrySet()) {
            if (state.getValue().phase() == Phase.MEMBER
                    && mayJoin(state.getKey(), state.getValue().members())) {
                return group == null ? null : opening.joining(group);
            }
        }
        return null;
    }

    /** One who has got another address since then, or another role, has to be taken in anew. */
    private boolean isStillMe(MemberRecord mine) {
        return mine.self().equals(options.self()) && !options.listener();
    }

    /** Asks a member, or the leader it names, to prepare for this node. */
    private boolean mayJoin(Member asked, List<Member> members) throws InterruptedException {
        PeerAnswer answer = answered(peers.send(asked, new Join(store, options.self()), change()));
        if (answer instanceof NotLeader notLeader) {
            Optional<Member> leader = members.stream()
                    .filter(member -> member.name().equals(notLeader.leader()))
                    .findFirst();
            if (leader.isEmpty()) {
                obstacle = "the cluster has no leader that could take this node in";
                return false;
            }
            answer = answered(peers.send(leader.get(), new Join(store, options.self()), change()));
        }
        return answer instanceof PeerAnswer.Done;
    }

    /** How long a change of members may take: not much longer than all of it. */
    private Duration change() {
        Duration left = ANSWER.plusNanos(Math.max(0, end - System.nanoTime()));
        return left.compareTo(CHANGE) < 0 ? left : CHANGE;
    }
}
