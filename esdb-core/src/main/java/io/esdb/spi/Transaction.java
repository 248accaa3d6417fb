package io.esdb.spi;

import io.esdb.AppendRequest;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Edits of documents, and maybe an append, that happen together or not at all.
 *
 * @param edits at most {@value #MOST_EDITS}, each of another document
 * @param append the append, or null
 */
public record Transaction(
        List<DocumentEdit> edits, @Nullable AppendRequest append) {
    /** The most edits. */
    public static final int MOST_EDITS = 10_000;

    /** The most bytes of all keys and values. A log with smaller entries takes less, see {@link Documents#mostBytes}. */
    public static final int MOST_BYTES = 64 << 20;

    /**
     * @throws InvalidInput if there is nothing to do, or a document is edited twice
     * @throws LimitExceeded if there are too many edits, or bytes in them
     */
    public Transaction {
        edits = List.copyOf(edits);
        if (edits.isEmpty() && append == null) {
            throw new InvalidInput("transaction", "must do something");
        }
        if (edits.size() > MOST_EDITS) {
            throw new LimitExceeded("documentEdits", MOST_EDITS, edits.size());
        }
        check(edits);
    }

    /** Only edits. */
    public static Transaction of(DocumentEdit... edits) {
        return new Transaction(Arrays.asList(edits), null);
    }

    /** The same edits with this append. */
    public Transaction appending(AppendRequest append) {
        return new Transaction(edits, append);
    }

    private static void check(List<DocumentEdit> edits) {
        Set<DocumentKey> keys = new HashSet<>(2 * edits.size());
        long bytes = 0;
        for (DocumentEdit edit : edits) {
            if (!keys.add(edit.key())) {
                throw new InvalidInput("documentEdits", "must not edit a document twice");
            }
            if (edit.expected() < DocumentEdit.ANY_VERSION) {
                throw new InvalidInput("expected", "must be a document's version, was " + edit.expected());
            }
            bytes += edit.key().key().length + (edit instanceof DocumentEdit.Put put ? put.value().length : 0L);
        }
        if (bytes > MOST_BYTES) {
            throw new LimitExceeded("documentBytes", MOST_BYTES, bytes);
        }
    }
}
