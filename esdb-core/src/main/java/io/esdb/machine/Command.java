package io.esdb.machine;

/** A request to change the state, as it stands in the log. */
public sealed interface Command
        permits CreateStore, Append, DeleteStream, TrimStream, LimitStream, SweepStream, Transact, RaiseVersion {

    /**
     * What this command does to this state. Total: never throws for any command and state that can be decoded.
     *
     * @return the reply, and the changes that make it true; no changes for a refusal
     */
    Decision decide(State state);
}
