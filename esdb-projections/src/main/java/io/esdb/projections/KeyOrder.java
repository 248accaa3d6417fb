package io.esdb.projections;

import io.esdb.projections.StateCache.Cell;
import java.util.Arrays;
import java.util.List;

/**
 * About the order of keys: by the first characters after what all have in common. That costs a small part of sorting, and is
 * enough for a storage to find and write neighbours one after the other, which is what it is good at.
 */
final class KeyOrder {
    private static final int CHARACTERS = 5;
    private static final int INDEX_BITS = 24;
    private static final int INDEX = (1 << INDEX_BITS) - 1;

    private KeyOrder() {}

    /** The places in the list, at most 16,777,216, in the order of their keys. */
    static <S> int[] of(List<Cell<S>> cells) {
        int common = common(cells);
        long[] ranks = new long[cells.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = rank(cells.get(i).key(), common) << INDEX_BITS | i;
        }
        Arrays.sort(ranks);
        return Arrays.stream(ranks).mapToInt(rank -> (int) rank & INDEX).toArray();
    }

    private static int common(List<? extends Cell<?>> cells) {
        if (cells.isEmpty()) {
            return 0;
        }
        String first = cells.get(0).key();
        int common = first.length();
        for (Cell<?> cell : cells) {
            String key = cell.key();
            while (!key.regionMatches(0, first, 0, common)) {
                common--;
            }
        }
        return common;
    }

    private static long rank(String key, int from) {
        long rank = 0;
        for (int i = from; i < from + CHARACTERS; i++) {
            rank = rank << Byte.SIZE | (i < key.length() ? Math.min(0xff, key.charAt(i)) : 0);
        }
        return rank;
    }
}
