package io.esdb.engine;

import io.esdb.spi.DocumentKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the documents that were changed or asked for most recently, also of such as do not exist. Only the thread
 * that applies uses it.
 */
final class RecentDocuments {
    private static final int MOST = 50_000;
    private static final long MOST_KEY_BYTES = 8 << 20;

    private final Map<DocumentKey, Long> versions = new LinkedHashMap<>(64, 0.75f, true);
    private final int most;
    private final long mostKeyBytes;
    private long keyBytes;

    RecentDocuments() {
        this(MOST, MOST_KEY_BYTES);
    }

    RecentDocuments(int most, long mostKeyBytes) {
        this.most = most;
        this.mostKeyBytes = mostKeyBytes;
    }

    /** The version of a document, 0 if it does not exist; null if that is not known. */
    @Nullable
    Long get(DocumentKey key) {
        return versions.get(key);
    }

    void put(DocumentKey key, long version) {
        if (versions.put(key, version) == null) {
            keyBytes += key.key().length;
            shrink();
        }
    }

    void clear() {
        versions.clear();
        keyBytes = 0;
    }

    private void shrink() {
        Iterator<DocumentKey> eldest = versions.keySet().iterator();
        while (versions.size() > most || keyBytes > mostKeyBytes) {
            keyBytes -= eldest.next().key().length;
            eldest.remove();
        }
    }
}
