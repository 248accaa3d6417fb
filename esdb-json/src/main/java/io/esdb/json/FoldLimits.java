package io.esdb.json;

/**
 * The named bounds of a fold. Whoever passes one gets {@link io.esdb.LimitExceeded}, and no state.
 *
 * @param nesting objects and lists inside one another, in one value of a field; default 64, at most 1,000
 * @param size values, and characters of names, texts and numbers, in the whole state; default 4 Mi, at most 64 Mi
 * @param listLength elements of a list that {@link FoldRule#APPEND} makes; default 10,000, at most 1,000,000
 * @param digits digits of a sum, before and after the point; default 1,000, at most 10,000
 */
public record FoldLimits(int nesting, int size, int listLength, int digits) {
    private static final int MI = 1 << 20;
    private static final FoldLimits DEFAULTS = new FoldLimits(64, 4 * MI, 10_000, 1_000);

    /** @throws io.esdb.InvalidInput if a bound is below 1 or over what its description allows */
    public FoldLimits {
        Check.within("nesting", nesting, 1_000);
        Check.within("size", size, 64 * MI);
        Check.within("listLength", listLength, 1_000_000);
        Check.within("digits", digits, 10_000);
    }

    /** The defaults named above. */
    public static FoldLimits defaults() {
        return DEFAULTS;
    }

    /** The same bounds with others for values: how deep, and the size of the whole state. */
    public FoldLimits withSize(int nesting, int size) {
        return new FoldLimits(nesting, size, listLength, digits);
    }

    /** The same bounds with others for what rules make: lists and sums. */
    public FoldLimits withResults(int listLength, int digits) {
        return new FoldLimits(nesting, size, listLength, digits);
    }
}
