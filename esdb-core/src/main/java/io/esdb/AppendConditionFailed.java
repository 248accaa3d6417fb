package io.esdb;

import java.io.Serial;

/**
 * An event that matches the append condition exists after the position that the condition names. Nothing
 * of the request was written. Read by the query again, decide again, and retry.
 */
public final class AppendConditionFailed extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient AppendCondition condition;
    private final long position;

    /**
     * @param condition the condition that failed
     * @param position the first position after the condition's where a matching event stands
     */
    public AppendConditionFailed(AppendCondition condition, long position) {
        super(
                "an event that the condition excludes stands at position " + position + ", after " + condition.after(),
                null);
        this.condition = condition;
        this.position = position;
    }

    /** The condition that failed. */
    public AppendCondition condition() {
        return condition;
    }

    /** The position of a matching event, larger than the condition's {@code after}. */
    public long position() {
        return position;
    }
}
