package io.esdb.format;

import io.esdb.EventData;
import io.esdb.RecordedEvent;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** The part of an event that its appender gives besides the id, written alike in commands and in records. */
record EventBody(
        String type, String contentType, byte[] data, String metadataContentType, byte[] metadata, Set<String> tags) {

    static EventBody of(EventData event) {
        return new EventBody(
                event.type(),
                event.contentType(),
                event.data(),
                event.metadataContentType(),
                event.metadata(),
                event.tags());
    }

    static EventBody of(RecordedEvent event) {
        return new EventBody(
                event.type(),
                event.contentType(),
                event.data(),
                event.metadataContentType(),
                event.metadata(),
                event.tags());
    }

    /** About how many bytes it takes. */
    int sizeHint() {
        return 64 + type.length() + data.length + metadata.length + 24 * tags.size();
    }

    void write(ByteWriter out) {
        out.text(type);
        ContentTypes.write(out, contentType);
        ContentTypes.write(out, metadataContentType);
        out.varint(tags.size());
        for (String tag : tags) {
            out.text(tag);
        }
        out.sized(metadata).sized(data);
    }

    static EventBody read(ByteReader in) {
        String type = in.text();
        String contentType = ContentTypes.read(in);
        String metadataContentType = ContentTypes.read(in);
        Set<String> tags = readTags(in);
        byte[] metadata = in.sized();
        return new EventBody(type, contentType, in.sized(), metadataContentType, metadata, tags);
    }

    private static Set<String> readTags(ByteReader in) {
        int count = in.length();
        if (count == 0) {
            return Set.of();
        }
        Set<String> tags = new LinkedHashSet<>(count * 2);
        for (int i = 0; i < count; i++) {
            tags.add(in.text());
        }
        return Collections.unmodifiableSet(tags);
    }
}
