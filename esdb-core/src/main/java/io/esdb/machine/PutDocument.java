package io.esdb.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores or removes a document, if it is at the version expected.
 *
 * @param key the document
 * @param expected the version that it must have, 0 if it must not exist, {@link #ANY_VERSION} if that does not matter
 * @param value its new bytes, or null to remove it
 */
public record PutDocument(DocumentKey key, long expected, byte @Nullable [] value) implements Command {
    /** Stands for whatever version the document has. */
    public static final long ANY_VERSION = -1;

    @Override
    public Decision decide(State state) {
        if (state.settings() == null) {
            return Decision.notCreated();
        }
        Document known = state.document(key);
        long actual = known == null ? 0 : known.version();
        if (expected != ANY_VERSION && expected != actual) {
            return Decision.refuse(new Reply.WrongDocumentVersion(actual));
        }
        if (value != null) {
            Document next = new Document(actual + 1, value);
            return stored(next.version(), new Change.DocumentPut(key, next));
        }
        return known == null
                ? Decision.refuse(new Reply.DocumentStored(0))
                : stored(0, new Change.DocumentRemoved(key));
    }

    private static Decision stored(long version, Change change) {
        return new Decision(new Reply.DocumentStored(version), List.of(change));
    }
}
