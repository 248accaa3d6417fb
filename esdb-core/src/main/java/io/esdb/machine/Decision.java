package io.esdb.machine;

import java.util.List;

/**
 * What a command comes to.
 *
 * @param reply what its sender is told
 * @param changes what becomes of the state, in order; empty for a refusal
 */
public record Decision(Reply reply, List<Change> changes) {
    /** Copies the list. */
    public Decision {
        changes = List.copyOf(changes);
    }

    static Decision refuse(Reply reply) {
        return new Decision(reply, List.of());
    }

    /** There is nowhere to write to yet. */
    static Decision notCreated() {
        return refuse(new Reply.Refused("the store is not created yet"));
    }

    static Decision unchanged() {
        return refuse(new Reply.Done(false));
    }

    static Decision changed(Change... changes) {
        return new Decision(new Reply.Done(true), List.of(changes));
    }
}
