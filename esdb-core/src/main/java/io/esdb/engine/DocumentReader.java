package io.esdb.engine;

import io.esdb.format.DocumentCodec;
import io.esdb.spi.Cursor;
import io.esdb.spi.Document;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.DocumentPage;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.ReadView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads documents in one view. */
final class DocumentReader {
    /** The values of one page; it holds at least one document. */
    static final long PAGE_BYTES = 16L << 20;

    private final ReadView view;

    DocumentReader(ReadView view) {
        this.view = view;
    }

    Optional<Document> get(DocumentKey key) {
        byte[] value = view.get(key.branch(), key.key());
        return value == null ? Optional.empty() : Optional.of(DocumentCodec.decode(value));
    }

    DocumentPage list(DocumentScan scan) {
        List<DocumentPage.Entry> entries = new ArrayList<>();
        long bytes = 0;
        try (Cursor cursor = view.scan(scan.branch(), scan.prefix(), scan.from(), scan.direction())) {
            while (cursor.next()) {
                byte[] key = copy(cursor.key());
                if (entries.size() == scan.limit() || bytes >= PAGE_BYTES) {
                    return new DocumentPage(entries, key);
                }
                Document document = DocumentCodec.decode(copy(cursor.value()));
                bytes += document.value().length;
                entries.add(new DocumentPage.Entry(new DocumentKey(scan.branch(), key), document));
            }
        }
        return new DocumentPage(entries, null);
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
