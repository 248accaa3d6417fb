package io.esdb.raft;

import io.esdb.InvalidInput;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who a node is, whom it belongs to and how it behaves. All nodes of a cluster are given the same cluster name, the
 * same timings and the same sizes.
 *
 * @param cluster the cluster's name, 1 to 64 characters; nodes of another cluster are not talked to
 * @param self this node
 * @param members the nodes that a new store is formed of, this one included, in any order; a node that comes later
 *     names itself and any of those that are there
 * @param listener whether this node joins as a read replica: it holds a full copy and never votes or leads. It names some
 *     of the others among its members; they do not name it
 * @param electionTimeout how long a node hears nothing from the leader before it asks to become one itself; each waits
 *     between once and twice as long. 50 ms to 1 minute, default 700 ms
 * @param formationTimeout how long opening a new store waits for the other members; default 1 minute
 * @param entryBytes the most bytes of an entry of the Raft log, so of an append with all its framing; every open store
 *     takes as much memory outside the heap. 64 KiB to 64 MiB, default 8 MiB
 * @param imageAfter after how many entries the store is brought to disk and the log before may go; default 50,000
 * @param entriesKept how many entries stay in the log nonetheless, for nodes that were away; default 50,000
 * @param tls the certificates; null without TLS
 * @param insecure whether this node may listen beyond loopback without TLS
 * @param network lets tests cut connections; all open by default
 */
public record RaftOptions(
        String cluster,
        Member self,
        List<Member> members,
        boolean listener,
        Duration electionTimeout,
        Duration formationTimeout,
        int entryBytes,
        long imageAfter,
        long entriesKept,
        @Nullable Tls tls,
        boolean insecure,
        NetworkFilter network) {

    /** @throws InvalidInput if a component is out of its bounds */
    public RaftOptions {
        if (cluster == null || cluster.isEmpty() || cluster.length() > 64) {
            throw new InvalidInput("cluster", "must have 1 to 64 characters");
        }
        members = List.copyOf(members);
        checkMembers(self, members, listener);
        within("electionTimeout", electionTimeout, Duration.ofMillis(50), Duration.ofMinutes(1));
        within("formationTimeout", formationTimeout, Duration.ofMillis(1), Duration.ofDays(1));
        within("entryBytes", entryBytes, 64 << 10, 64 << 20);
        within("imageAfter", imageAfter, 1L, Long.MAX_VALUE);
        within("entriesKept", entriesKept, 0L, Long.MAX_VALUE);
    }

    /** With the defaults named above. */
    public static RaftOptions of(String cluster, Member self, List<Member> members) {
        return new RaftOptions(
                cluster,
                self,
                members,
                false,
                Duration.ofMillis(700),
                Duration.ofMinutes(1),
                8 << 20,
                50_000,
                50_000,
                null,
                false,
                NetworkFilter.ALL_OPEN);
    }

    /** As a read replica. */
    public RaftOptions asListener() {
        return with(draft -> draft.listener = true);
    }

    /** With other times to wait: for a leader's word, and for the members of a new store. */
    public RaftOptions withTimeouts(Duration electionTimeout, Duration formationTimeout) {
        return with(draft -> {
            draft.electionTimeout = electionTimeout;
            draft.formationTimeout = formationTimeout;
        });
    }

    /** With other sizes of the Raft log. */
    public RaftOptions withLog(int entryBytes, long imageAfter, long entriesKept) {
        return with(draft -> {
            draft.entryBytes = entryBytes;
            draft.imageAfter = imageAfter;
            draft.entriesKept = entriesKept;
        });
    }

    /** With mutual TLS between all nodes. */
    public RaftOptions withTls(Tls tls) {
        return with(draft -> draft.tls = tls);
    }

    /** Without TLS beyond loopback. Whoever reaches the port can read and write all stores. */
    public RaftOptions withoutSecurity() {
        return with(draft -> draft.insecure = true);
    }

    /** With a network that tests can cut. */
    public RaftOptions withNetwork(NetworkFilter network) {
        return with(draft -> draft.network = network);
    }

    private RaftOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new RaftOptions(
                cluster,
                self,
                members,
                draft.listener,
                draft.electionTimeout,
                draft.formationTimeout,
                draft.entryBytes,
                draft.imageAfter,
                draft.entriesKept,
                draft.tls,
                draft.insecure,
                draft.network);
    }

    private static void checkMembers(Member self, List<Member> members, boolean listener) {
        TreeSet<String> names = new TreeSet<>();
        for (Member member : members) {
            if (!names.add(member.name())) {
                throw new InvalidInput("members", "must not name '" + member.name() + "' twice");
            }
            if (member.name().equals(self.name()) && !member.equals(self)) {
                throw new InvalidInput(
                        "members", "must name this node as " + self.address() + ", not " + member.address());
            }
        }
        if (!listener && !members.contains(self)) {
            throw new InvalidInput("members", "must name this node, '" + self.name() + "', too");
        }
        if (listener && members.stream().allMatch(self::equals)) {
            throw new InvalidInput("members", "must name another one: a read replica forms no cluster");
        }
    }

    private static <T extends Comparable<T>> void within(String field, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidInput(field, "must be between " + least + " and " + most + ", was " + value);
        }
    }

    /** What can be changed, while it is. */
    private static final class Draft {
        boolean listener;
        Duration electionTimeout;
        Duration formationTimeout;
        int entryBytes;
        long imageAfter;
        long entriesKept;

        @Nullable
        Tls tls;

        boolean insecure;
        NetworkFilter network;

        Draft(RaftOptions from) {
            listener = from.listener;
            electionTimeout = from.electionTimeout;
            formationTimeout = from.formationTimeout;
            entryBytes = from.entryBytes;
            imageAfter = from.imageAfter;
            entriesKept = from.entriesKept;
            tls = from.tls;
            insecure = from.insecure;
            network = from.network;
        }
    }
}
