package io.esdb.raft;

import org.jspecify.annotations.Nullable;

/**
 * Who leads, as this node knows.
 *
 * @param leading whether this node does, and is ready to
 * @param leader the leader's name, null if none is known
 * @param term the term this holds for
 */
record Standing(boolean leading, @Nullable String leader, long term) {}
