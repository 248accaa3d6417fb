package io.esdb.raft;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What comes back for a {@link PeerRequest}. Written down by {@link PeerCodec}. */
sealed interface PeerAnswer {
    /** Done, or the bytes asked for. */
    record Done(byte[] bytes) implements PeerAnswer {
        static Done nothing() {
            return new Done(new byte[0]);
        }
    }

    /** Only the leader can, and this node is not; the leader's name if it is known. */
    record NotLeader(@Nullable String leader) implements PeerAnswer {}

    /** It cannot or must not be done. */
    record Refused(String reason) implements PeerAnswer {}

    /**
     * What a node knows of a store.
     *
     * @param phase how far it is
     * @param group the group, null if it knows none
     * @param members the members it knows
     */
    record State(Phase phase, @Nullable UUID group, List<Member> members) implements PeerAnswer {}

    /** How far a node is with a store. */
    enum Phase {
        /** The store is not open there. */
        UNKNOWN(0),
        /** It is being opened for the first time. */
        NEW(1),
        /** A group was proposed to it. */
        PREPARED(2),
        /** It is in a group. */
        MEMBER(3);

        private final int code;

        Phase(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        /** @throws IllegalArgumentException if there is none with this code */
        static Phase of(int code) {
            for (Phase phase : values()) {
                if (phase.code == code) {
                    return phase;
                }
            }
            throw new IllegalArgumentException("a phase with the code " + code);
        }
    }
}
