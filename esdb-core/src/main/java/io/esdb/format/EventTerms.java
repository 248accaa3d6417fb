package io.esdb.format;

import io.esdb.IndexKind;
import io.esdb.RecordedEvent;
import io.esdb.machine.Settings;
import java.util.function.BiConsumer;

/** The entries that an event has in the index of events. */
public final class EventTerms {
    private EventTerms() {}

    /** Hands each key and value to the consumer, the event id's first. */
    public static void forEach(RecordedEvent event, Settings settings, BiConsumer<byte[], byte[]> entry) {
        entry.accept(IndexKeys.eventId(event.id()), IndexKeys.positionValue(event.position()));
        if (!event.type().isEmpty()) { // a swept event can be found by its id only
            forEachTerm(event, settings, entry);
        }
    }

    /** As {@link #forEach}, without the event id. */
    static void forEachTerm(RecordedEvent event, Settings settings, BiConsumer<byte[], byte[]> entry) {
        IndexKeys keys = new IndexKeys(settings.hashSeed());
        long type = keys.hash(event.type());
        byte[] value = IndexKeys.typeHashValue((int) type);
        if (settings.indexes().contains(IndexKind.TYPE)) {
            entry.accept(IndexKeys.at(IndexKeys.term(IndexKind.TYPE, type), event.position()), value);
        }
        if (settings.indexes().contains(IndexKind.CATEGORY)) {
            entry.accept(IndexKeys.at(keys.term(IndexKind.CATEGORY, event.category()), event.position()), value);
        }
        if (settings.indexes().contains(IndexKind.TAG)) {
            for (String tag : event.tags()) {
                entry.accept(IndexKeys.at(keys.term(IndexKind.TAG, tag), event.position()), value);
            }
        }
    }
}
