package io.esdb.raft;

/**
 * How often a leader repeats itself to followers that do not seem to hear: soon at first, since mostly it is a matter of
 * milliseconds, then ever more rarely, since a follower with too much to do is not helped by more.
 */
final class Insistence {
    private static final long SOON_MILLIS = 2;
    private static final int SOON_TIMES = 8;
    /** A second. */
    static final int STUCK_TICKS = 20;
    /** About a minute. */
    static final int MOST_TICKS = 64 * STUCK_TICKS;

    private int told;
    private int ticks;
    private int stuckAfter = STUCK_TICKS;

    /** How long to wait before it is told again. */
    long restMillis() {
        return told < SOON_TIMES ? SOON_MILLIS : Math.min(Pump.TICK_MILLIS, SOON_MILLIS << (told - SOON_TIMES));
    }

    /** The followers were told, and either know all of it or have to be told again. */
    void told(boolean known) {
        if (known) {
            progress();
            stuckAfter = STUCK_TICKS;
        } else {
            told = Math.min(told + 1, 2 * SOON_TIMES);
        }
    }

    /** Something was committed, so they hear. */
    void progress() {
        told = 0;
        ticks = 0;
    }

    /** Asked at every tick without progress: whether it is time to do more than telling. */
    boolean isStuck() {
        ticks++;
        if (ticks < stuckAfter) {
            return false;
        }
        ticks = 0;
        stuckAfter = Math.min(2 * stuckAfter, MOST_TICKS);
        return true;
    }
}
