package io.esdb.machine;

import io.esdb.spi.Document;
import io.esdb.spi.DocumentKey;

/** One difference that a decision makes to the state. */
public sealed interface Change {
    /** The store came into being. */
    record StoreCreated(Settings settings) implements Change {}

    /** An event was added at the end of the log. */
    record EventAppended(StoredEvent event) implements Change {}

    /** The content of a hidden event was removed; this is the event before. */
    record EventSwept(StoredEvent event) implements Change {}

    /** A stream was created, or what is known of it changed other than by an append to it. */
    record StreamChanged(StreamState stream) implements Change {}

    /** A document was stored. */
    record DocumentPut(DocumentKey key, Document document) implements Change {}

    /** A document was removed. */
    record DocumentRemoved(DocumentKey key) implements Change {}

    /** The version of the rules was raised. */
    record VersionRaised(int version) implements Change {}
}
