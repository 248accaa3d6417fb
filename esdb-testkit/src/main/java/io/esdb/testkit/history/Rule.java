package io.esdb.testkit.history;

/** The promises that {@link HistoryChecker} looks after. */
public enum Rule {
    /** All nodes hold the same events, in every field and byte. */
    NODES_AGREE,
    /** Nodes that applied the same commands have the same state digest. */
    DIGESTS_AGREE,
    /** Positions are dense from 0. */
    POSITIONS_DENSE,
    /** The revisions of each stream are dense from 0. */
    REVISIONS_DENSE,
    /** An event is in the log once. */
    EVENTS_UNIQUE,
    /** The time of an event is never before that of an earlier position. */
    TIME_FORWARD,
    /** Every event was sent by a client. */
    NOTHING_INVENTED,
    /** What an append was told is not written is not in the log. */
    REFUSED_NOT_WRITTEN,
    /** An acknowledged append is in the log. */
    ACKNOWLEDGED_KEPT,
    /** All events of an append are in the log, next to each other in the order of the request, or none is. */
    APPEND_WHOLE,
    /** An event is in the log as it was sent, and in the stream it was sent to. */
    CONTENT_KEPT,
    /** An append is where its answer says. */
    ANSWER_TRUE,
    /** A retry gets the first answer. */
    RETRY_SAME_ANSWER,
    /** An append was written where its expectations were met; so each expected revision has one winner. */
    EXPECTATION_MET,
    /** An append was written where its condition held. */
    CONDITION_HELD,
    /** An append stands after everything that anybody knew to be written before it began. */
    REAL_TIME_ORDER,
    /** A refusal for a wrong revision names one that the stream was at while the append was under way. */
    WRONG_REVISION_TRUE,
    /** A refusal for a failed condition names the first excluded event, and it was there. */
    CONDITION_FAILURE_TRUE,
    /** What a read has seen is in the log. */
    SEEN_KEPT,
    /** A read sees all events of an append or none. */
    READ_WHOLE,
    /** A page holds what a prefix of the log has for it, in order, without omission. */
    PAGE_TRUE,
    /** A linearizable read sees everything that anybody knew to be written before it began. */
    READ_FRESH,
    /** A local read sees what the same opened store has acknowledged or shown before. */
    LOCAL_READ_FORWARD,
    /** A request ends in an answer, a refusal, or a failure that its kind may end in. */
    FAILURE_ALLOWED
}
