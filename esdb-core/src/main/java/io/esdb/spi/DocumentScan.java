package io.esdb.spi;

import io.esdb.Direction;
import io.esdb.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * Which documents to list.
 *
 * @param branch one that holds documents
 * @param prefix how their keys start; empty for all
 * @param from the key to begin with, itself or the nearest beyond it in this direction; starts with the prefix. Null: at
 *     the first in this direction
 * @param direction by key, forward or backward
 * @param limit the most documents wanted, 1 to {@value #MOST}
 */
public record DocumentScan(Branch branch, byte[] prefix, byte @Nullable [] from, Direction direction, int limit) {
    /** The most documents of a page. */
    public static final int MOST = 10_000;

    /** @throws InvalidInput if the branch holds no documents, or the limit is out of its bounds */
    public DocumentScan {
        if (!branch.holdsDocuments()) {
            throw new InvalidInput("branch", "must be one that holds documents, was " + branch);
        }
        if (limit < 1 || limit > MOST) {
            throw new InvalidInput("limit", "must be between 1 and " + MOST + ", was " + limit);
        }
    }

    /** All documents whose keys start so, in order, in pages of this many. */
    public static DocumentScan forward(Branch branch, byte[] prefix, int limit) {
        return new DocumentScan(branch, prefix, null, Direction.FORWARD, limit);
    }

    /** All documents whose keys start so, from the last to the first, in pages of this many. */
    public static DocumentScan backward(Branch branch, byte[] prefix, int limit) {
        return new DocumentScan(branch, prefix, null, Direction.BACKWARD, limit);
    }

    /** The same scan, begun with this key. */
    public DocumentScan from(byte[] key) {
        return new DocumentScan(branch, prefix, key, direction, limit);
    }
}
