package io.esdb.machine;

import io.esdb.spi.Branch;
import java.util.Arrays;

/**
 * The name of a document.
 *
 * @param branch where in the tree it stands
 * @param key its key there
 */
public record DocumentKey(Branch branch, byte[] key) {
    @Override
    public boolean equals(Object other) {
        return other instanceof DocumentKey that && branch == that.branch && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return branch.hashCode() * 31 + Arrays.hashCode(key);
    }
}
