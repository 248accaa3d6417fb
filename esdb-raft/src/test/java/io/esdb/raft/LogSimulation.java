package io.esdb.raft;

import io.esdb.raft.FakeRaft.Entry;
import io.esdb.raft.FakeRaft.Peer;
import io.esdb.raft.Forwarding.Batch;
import io.esdb.raft.Forwarding.Delivery;
import io.esdb.raft.Proposer.Outcome;
import io.esdb.raft.SimulatedNode.Proposal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One seed's run of the log path of three nodes, on one thread: whatever may happen at any time happens in random order,
 * then everything heals, and {@link LogCheck} looks at what has become of each submission.
 */
final class LogSimulation {
    private static final int ACTIONS = 2_000;
    private static final int MOST_ROUNDS = 60;
    private static final long FAR = 1_000_000;

    final Random random;
    final FakeRaft raft;
    final List<SimulatedNode> nodes = new ArrayList<>();
    /** How often what was seen, to know that the simulation is not blind. */
    final Map<String, Integer> seen = new TreeMap<>();

    private final List<Runnable> actions = new ArrayList<>();
    /** What is on its way and arrives in any order. */
    private final List<Runnable> later = new ArrayList<>();

    private final List<Runnable> hung = new ArrayList<>();
    private final boolean orderly;
    private final boolean forgetful;
    private long now;
    private long vanishedIn = -1;
    private boolean healing;

    LogSimulation(long seed) {
        random = new Random(new SplittableRandom(seed).nextLong()); // for small seeds begin alike
        orderly = random.nextBoolean();
        forgetful = !orderly && random.nextInt(3) == 0;
        raft = new FakeRaft(3, random);
        raft.peers.forEach(peer -> nodes.add(new SimulatedNode(peer, this)));
        mix(100, () -> submit(1));
        mix(1, () -> submit(random.nextInt(400)));
        mix(300, () -> any(nodes).step());
        mix(200, () -> any(nodes).look());
        mix(4, () -> any(nodes).lookAway());
        mix(200, this::takeProposal);
        mix(200, this::arrive);
        mix(6, this::elect);
        mix(300, () -> replicate(false));
        mix(200, () -> apply(1 + random.nextInt(4)));
        mix(4, this::install);
        mix(2, () -> any(nodes).restart());
        mix(2, () -> any(nodes).close());
        mix(10, this::expire);
    }

    /** Every run has its own mix: rare things have to be common sometimes. */
    private void mix(int usual, Runnable action) {
        int weight = random.nextInt(2 * usual + 1);
        actions.addAll(Collections.nCopies(weight, action));
    }

    /** Runs to the end and checks it. */
    void run() {
        elect();
        for (int i = 0; i < ACTIONS; i++) {
            any(actions).run();
        }
        heal();
        new LogCheck(this).run(orderly);
    }

    private void submit(int count) {
        SimulatedNode node = any(nodes);
        for (int i = 0; i < count; i++) {
            node.submit(random.nextInt(10) == 0, now + (random.nextInt(3) == 0 ? random.nextInt(20) : FAR));
        }
    }

    private void install() {
        SimulatedNode node = any(nodes);
        int index = random.nextInt(raft.committed.size() + 1);
        if (node.install(index)) {
            count("image");
            raft.install(node.peer, index);
        }
    }

    private void expire() {
        now += random.nextInt(8);
        any(nodes).expire(now);
    }

    private void elect() {
        List<Peer> voters = new ArrayList<>(raft.peers);
        Collections.shuffle(voters, random);
        raft.elect(voters.get(0), voters.subList(0, 2 + random.nextInt(2)));
    }

    private void replicate(boolean all) {
        List<Peer> leaders = raft.peers.stream().filter(peer -> peer.leading).toList();
        if (!leaders.isEmpty()) {
            Peer leader = any(leaders);
            for (Peer follower : all ? raft.peers : List.of(any(raft.peers))) {
                if (follower != leader && leader.leading) {
                    raft.replicate(leader, follower, all);
                }
            }
            raft.commit(leader);
        }
    }

    private void apply(int most) {
        SimulatedNode node = any(nodes);
        for (int i = 0; i < most && node.canApply(); i++) {
            node.applyNext(!healing && random.nextInt(100) == 0);
        }
    }

    private void takeProposal() {
        SimulatedNode node = any(nodes);
        if (!node.inbox.isEmpty()) {
            boolean first = orderly || random.nextInt(4) > 0;
            Proposal proposal = first ? node.inbox.removeFirst() : node.inbox.removeLast();
            take(node.peer, proposal);
        }
    }

    private void take(Peer peer, Proposal proposal) {
        if (!peer.leading || chance(!orderly, 6)) {
            count(peer.leading ? "refused by a leader" : "refused by a follower");
            Outcome outcome = chance(!peer.leading, 4) ? Outcome.UNKNOWN : Outcome.NOT_TAKEN;
            later(() -> end(proposal, outcome));
        } else if (chance(forgetful, 8)) {
            count("vanished");
            vanishedIn = peer.term;
            later(() -> end(proposal, Outcome.UNKNOWN));
        } else {
            count(proposal.term() == peer.term ? "entry" : "void entry");
            follow(peer, proposal, raft.append(peer, proposal.entry()));
        }
    }

    private void follow(Peer peer, Proposal proposal, Entry entry) {
        Runnable look = () -> {
            if (raft.isCommitted(entry)) {
                end(proposal, chance(true, 8) ? Outcome.UNKNOWN : Outcome.COMMITTED);
            } else if (!peer.holds(entry) || chance(true, 20)) {
                count(peer.holds(entry) ? "impatience" : "lost entry");
                end(proposal, Outcome.UNKNOWN);
            } else {
                follow(peer, proposal, entry);
            }
        };
        if (chance(true, 20)) {
            count("hung proposal");
            hung.add(() -> {
                if (peer.leading && peer.term == proposal.term()) {
                    look.run();
                }
            });
        } else {
            later(look);
        }
    }

    private void end(Proposal proposal, Outcome outcome) {
        count("proposal " + outcome);
        proposal.outcome().complete(outcome);
    }

    /** The network. */
    CompletableFuture<Delivery> forward(String leader, Batch batch) {
        CompletableFuture<Delivery> answer = new CompletableFuture<>();
        byte[] request = PeerCodec.encode(new PeerRequest.Forward("simulated", batch));
        Supplier<Delivery> call = () -> bring(leader, request) ? Delivery.ACCEPTED : Delivery.REFUSED;
        if (chance(true, 10)) {
            later(() -> end(answer, Delivery.NEVER_SENT));
        } else if (chance(true, 10)) {
            later(() -> end(answer, Delivery.UNKNOWN));
        } else if (chance(true, 6)) { // given up too early
            later(() -> end(answer, Delivery.UNKNOWN));
            later(() -> count("late " + call.get()));
        } else {
            later(() -> {
                Delivery delivery = call.get();
                later(() -> end(answer, chance(true, 8) ? Delivery.UNKNOWN : delivery));
            });
        }
        return answer;
    }

    private boolean bring(String to, byte[] request) {
        SimulatedNode leader = nodes.stream()
                .filter(node -> node.peer.name.equals(to))
                .findFirst()
                .orElseThrow();
        return leader.accept(((PeerRequest.Forward) PeerCodec.request(request)).batch());
    }

    private void end(CompletableFuture<Delivery> answer, Delivery delivery) {
        count("forward " + delivery);
        answer.complete(delivery);
    }

    private void later(Runnable event) {
        later.add(event);
    }

    private void arrive() {
        if (!later.isEmpty()) {
            later.remove(random.nextInt(later.size())).run();
        }
    }

    /** Nothing fails any more; the leader stays if it can, for a new term would hide what is stuck in this one. */
    private void heal() {
        healing = true;
        long newest = raft.peers.stream().mapToLong(peer -> peer.term).max().orElseThrow();
        boolean led = raft.peers.stream().anyMatch(peer -> peer.leading && peer.term == newest);
        if (!led || vanishedIn == newest || random.nextInt(4) == 0) {
            count("healed by an election");
            raft.elect(Collections.max(raft.peers, Peer::compareLog), raft.peers);
        } else {
            count("healed without an election");
        }
        hung.forEach(this::later);
        for (int i = 0; i < MOST_ROUNDS; i++) {
            round();
        }
    }

    private void round() {
        replicate(true);
        for (SimulatedNode node : nodes) {
            node.look();
            node.step();
            while (!node.inbox.isEmpty()) {
                take(node.peer, node.inbox.removeFirst());
            }
        }
        List<Runnable> arriving = new ArrayList<>(later);
        later.clear();
        arriving.forEach(Runnable::run);
        replicate(true);
        for (SimulatedNode node : nodes) {
            while (node.canApply()) {
                node.applyNext(false);
            }
        }
    }

    /** What counts of an entry, by the rule of the state machine. */
    static List<Item> itemsOf(Entry entry) {
        if (entry.data() == null) {
            return List.of();
        }
        ItemGroup group = ItemGroup.decode(ByteBuffer.wrap(entry.data()));
        return group.term() == entry.term() ? group.items() : List.of();
    }

    static byte[] reply(int index, int position) {
        return ByteBuffer.allocate(8).putInt(index).putInt(position).array();
    }

    void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }

    private boolean chance(boolean possible, int in) {
        return possible && !healing && random.nextInt(in) == 0;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
