package io.esdb.spi;

import io.esdb.AppendResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link Transaction}.
 *
 * @param appended where the events are; null if there was no append
 * @param versions the versions of the documents, in the order of the edits; 0 for one that does not exist
 * @param repeated whether the events were there already and the documents are not at the versions expected: an earlier
 *     try of this transaction went through. Nothing was changed by this one, and the versions are those of now
 */
public record TransactionResult(@Nullable AppendResult appended, List<Long> versions, boolean repeated) {
    /** Copies the list. */
    public TransactionResult {
        versions = List.copyOf(versions);
    }
}
