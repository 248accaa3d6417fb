package io.esdb.projections;

/**
 * What the function of a projection failed at.
 *
 * @param position the event
 * @param reason what it threw, in at most 1,000 characters
 * @param stopped whether the projection stopped by that; otherwise it tries again
 */
public record ProjectionFailure(long position, String reason, boolean stopped) {
    private static final int MOST_CHARACTERS = 1_000;

    /** Cuts the reason if it is too long. */
    public ProjectionFailure {
        if (Check.notNull("reason", reason).length() > MOST_CHARACTERS) {
            reason = reason.substring(0, MOST_CHARACTERS);
        }
    }
}
