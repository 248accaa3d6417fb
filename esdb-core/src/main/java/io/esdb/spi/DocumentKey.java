package io.esdb.spi;

import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import java.util.Arrays;

/**
 * The name of a document.
 *
 * @param branch where in the tree it stands; one that {@link Branch#holdsDocuments holds documents}
 * @param key its key there, 1 to {@value #MOST_BYTES} bytes; keys are ordered as unsigned bytes; not copied
 */
public record DocumentKey(Branch branch, byte[] key) {
    /** The most bytes of a key. */
    public static final int MOST_BYTES = 8 << 10;

    /**
     * @throws InvalidInput if the branch holds no documents, or the key is empty
     * @throws LimitExceeded if the key is too long
     */
    public DocumentKey {
        if (!branch.holdsDocuments()) {
            throw new InvalidInput("branch", "must be one that holds documents, was " + branch);
        }
        if (key.length == 0) {
            throw new InvalidInput("documentKey", "must not be empty");
        }
        if (key.length > MOST_BYTES) {
            throw new LimitExceeded("documentKeyBytes", MOST_BYTES, key.length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DocumentKey that && branch == that.branch && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return branch.hashCode() * 31 + Arrays.hashCode(key);
    }
}
