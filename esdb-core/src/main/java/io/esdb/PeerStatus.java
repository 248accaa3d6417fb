package io.esdb;

/**
 * What the leader knows of another member.
 *
 * @param member the member's name
 * @param address its host and port
 * @param listener whether it only listens: it holds a copy and does not vote
 * @param committed the last log entry that it is known to hold as decided, -1 if none
 * @param lag how many decided entries it is not known to hold yet
 */
public record PeerStatus(String member, String address, boolean listener, long committed, long lag) {}
