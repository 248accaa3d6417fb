package io.esdb.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Whether the leader may change who belongs to a group: Raft itself lets it do what the group does not survive. */
final class MemberCheck {
    private final List<Member> voters;
    private final List<Member> listeners;
    private final UnaryOperator<List<Member>> presence;

    /** @param presence says which of some members are there; it may take a moment */
    MemberCheck(List<Member> voters, List<Member> listeners, UnaryOperator<List<Member>> presence) {
        this.voters = voters;
        this.listeners = listeners;
        this.presence = presence;
    }

    /**
     * Why a node cannot be taken in; empty if it can. Its name and its address must be nobody else's. Of two that run
     * under one name the one with the data would be thrown out, and of two names at one address one node would vote for
     * both.
     */
    Optional<String> againstJoining(Member joining) {
        List<Member> all = new ArrayList<>(voters);
        all.addAll(listeners);
        for (Member member : all) {
            boolean sameName = member.name().equals(joining.name());
            boolean sameAddress = member.address().equals(joining.address());
            if (sameAddress && !sameName) {
                return Optional.of("member '" + member.name() + "' has the address " + member.address()
                        + "; remove it before another one takes its place there");
            }
            if (sameName && !sameAddress && !presence.apply(List.of(member)).isEmpty()) {
                return Optional.of("member '" + member.name() + "' runs at " + member.address()
                        + "; stop it before another node takes its name");
            }
        }
        return Optional.empty();
    }

    /**
     * Why a member cannot be removed; empty if it can. Most of the voters that are left have to be there: the change takes
     * effect with them, so without them there would be no leader any more, and no way back.
     */
    Optional<String> againstLosing(String name) {
        List<Member> left =
                voters.stream().filter(member -> !member.name().equals(name)).toList();
        if (left.size() == voters.size()) {
            return Optional.empty(); // it does not vote
        }
        if (left.isEmpty()) {
            return Optional.of("'" + name + "' is the only member that votes");
        }
        List<Member> there = presence.apply(left);
        return 2 * there.size() > left.size()
                ? Optional.empty()
                : Optional.of("without '" + name + "' there would be no majority: of " + Formation.text(left) + " only "
                        + there.size() + " would be there. Bring others back, or remove them first");
    }
}
