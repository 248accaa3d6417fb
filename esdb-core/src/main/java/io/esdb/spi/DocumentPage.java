package io.esdb.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some documents, all of one moment.
 *
 * @param entries the documents with their names, in the order of the scan
 * @param next the key with which the scan goes on ({@link DocumentScan#from}), null if it is at its end
 */
public record DocumentPage(List<Entry> entries, byte @Nullable [] next) {
    /** Copies the list. */
    public DocumentPage {
        entries = List.copyOf(entries);
    }

    /** A document with its name. */
    public record Entry(DocumentKey key, Document document) {}
}
