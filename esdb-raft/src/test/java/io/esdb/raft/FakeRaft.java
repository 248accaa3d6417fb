package io.esdb.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Raft without time and network: elections and replication happen when told to, and old leaders know no better. */
final class FakeRaft {
    final List<Peer> peers = new ArrayList<>();
    final List<Entry> committed = new ArrayList<>();
    private final Random random;
    private int nextId;

    FakeRaft(int size, Random random) {
        this.random = random;
        for (int i = 0; i < size; i++) {
            peers.add(new Peer("n" + i));
        }
    }

    /** Has a peer ask others for their votes; true if it leads now. */
    boolean elect(Peer candidate, List<Peer> voters) {
        long term = 1 + voters.stream().mapToLong(voter -> voter.term).max().orElseThrow();
        boolean newest = voters.stream().allMatch(voter -> voter.compareLog(candidate) <= 0);
        for (Peer voter : voters) {
            voter.follow(term, null);
        }
        if (newest && 2 * voters.size() > peers.size() && voters.contains(candidate)) {
            candidate.leading = true;
            candidate.leader = candidate.name;
            append(candidate, null);
            candidate.startedAt = candidate.log.size();
            return true;
        }
        return false;
    }

    /** The peer has to lead, as far as it knows. */
    Entry append(Peer leader, byte @Nullable [] data) {
        Entry entry = new Entry(nextId++, leader.term, data);
        leader.log.add(entry);
        return entry;
    }

    /** Brings some entries from a peer that takes itself for the leader to another one. */
    void replicate(Peer leader, Peer follower, boolean all) {
        if (follower.term > leader.term) {
            if (all || random.nextBoolean()) {
                leader.follow(follower.term, follower.leader);
            }
            return;
        }
        follower.follow(leader.term, leader.name);
        int same = follower.commonWith(leader);
        int to = all ? leader.log.size() : same + random.nextInt(leader.log.size() - same + 1);
        if (to > same) {
            follower.log.subList(same, follower.log.size()).clear();
            follower.log.addAll(leader.log.subList(same, to));
        }
        follower.commit = Math.max(follower.commit, Math.min(leader.commit, Math.max(same, to)));
    }

    /** A leader counts who has its entries. */
    void commit(Peer leader) {
        for (int i = leader.log.size() - 1; i >= leader.commit && leader.leading; i--) {
            Entry entry = leader.log.get(i);
            if (entry.term == leader.term && 2 * holders(leader, i) > peers.size()) {
                leader.commit = i + 1;
                record(leader);
                return;
            }
        }
    }

    private long holders(Peer leader, int index) {
        return peers.stream()
                .filter(peer -> peer.term == leader.term && peer.commonWith(leader) > index)
                .count();
    }

    private void record(Peer leader) {
        for (int i = 0; i < leader.commit; i++) {
            if (i == committed.size()) {
                committed.add(leader.log.get(i));
            } else if (committed.get(i).id != leader.log.get(i).id) {
                throw new AssertionError("this is no Raft: entry " + i + " was committed twice");
            }
        }
    }

    /** A copy of the state at an index brings the log up to there. */
    void install(Peer peer, int index) {
        boolean known = peer.log.size() >= index && peer.log.get(index - 1).id == committed.get(index - 1).id;
        if (!known) {
            peer.log.clear();
            peer.log.addAll(committed.subList(0, index));
        }
        peer.commit = Math.max(peer.commit, index);
        if (peer.term < committed.get(index - 1).term) {
            peer.follow(committed.get(index - 1).term, null);
        }
    }

    boolean isCommitted(Entry entry) {
        return committed.stream().anyMatch(other -> other.id == entry.id);
    }

    record Entry(int id, long term, byte @Nullable [] data) {}

    static final class Peer {
        final String name;
        final List<Entry> log = new ArrayList<>();
        long term;
        boolean leading;

        @Nullable
        String leader;

        int startedAt;
        int commit;

        Peer(String name) {
            this.name = name;
        }

        /** What it knows itself. */
        Standing standing() {
            boolean ready = leading && commit >= startedAt;
            return new Standing(ready, leading && !ready ? null : leader, term);
        }

        void follow(long newTerm, @Nullable String newLeader) {
            boolean same = newTerm == term;
            term = newTerm;
            leading = same && leading;
            leader = same && newLeader == null ? leader : newLeader;
        }

        void restart() {
            leading = false;
            leader = null;
        }

        boolean holds(Entry entry) {
            return log.stream().anyMatch(other -> other.id == entry.id);
        }

        int commonWith(Peer other) {
            int same = 0;
            while (same < Math.min(log.size(), other.log.size()) && log.get(same).id == other.log.get(same).id) {
                same++;
            }
            return same;
        }

        int compareLog(Peer other) {
            long mine = log.isEmpty() ? 0 : log.get(log.size() - 1).term;
            long others = other.log.isEmpty() ? 0 : other.log.get(other.log.size() - 1).term;
            return mine != others ? Long.compare(mine, others) : Integer.compare(log.size(), other.log.size());
        }
    }
}
