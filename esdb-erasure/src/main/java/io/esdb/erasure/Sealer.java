package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.EventData;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.erasure.SealedPart.Content;
import io.esdb.erasure.SealedPart.Part;
import io.esdb.erasure.SealedPart.Place;

/** Seals events that are to be appended. */
final class Sealer {
    /** What no store takes more of, whatever its limits. */
    private static final int MOST_EVENT_BYTES = 16 << 20;

    private static final int MOST_CONTENT_TYPE_BYTES = 1_024;

    private final SubjectKeys keys;

    Sealer(SubjectKeys keys) {
        this.keys = keys;
    }

    EventData seal(String subject, EventData event, boolean withMetadata) {
        byte[] name = Check.subject(subject);
        checkContentType("contentType", event.contentType());
        checkContentType("metadataContentType", event.metadataContentType());
        if (event.size() > MOST_EVENT_BYTES) {
            throw new LimitExceeded("eventBytes", MOST_EVENT_BYTES, event.size());
        }
        try (DataKey key = keys.toSeal(subject)) {
            Content data = new Content(event.contentType(), event.data());
            byte[] sealed = SealedPart.seal(key, name, place(Part.DATA, event), data);
            if (!withMetadata) {
                return sealed(event, sealed, event.metadataContentType(), event.metadata());
            }
            Content metadata = new Content(event.metadataContentType(), event.metadata());
            byte[] sealedMetadata = SealedPart.seal(key, name, place(Part.METADATA, event), metadata);
            return sealed(event, sealed, Erasure.SEALED, sealedMetadata);
        }
    }

    private static void checkContentType(String field, String contentType) {
        if (contentType.equals(Erasure.SEALED) || contentType.equals(Erasure.ERASED)) {
            throw new InvalidInput(field, "must not be of a sealed or erased payload, was " + contentType);
        }
        int bytes = contentType.getBytes(UTF_8).length;
        if (bytes > MOST_CONTENT_TYPE_BYTES) {
            throw new LimitExceeded("contentTypeBytes", MOST_CONTENT_TYPE_BYTES, bytes);
        }
    }

    private static Place place(Part part, EventData event) {
        return new Place(part, event.id(), event.type());
    }

    private static EventData sealed(EventData event, byte[] data, String metadataContentType, byte[] metadata) {
        return new EventData(
                event.id(), event.type(), Erasure.SEALED, data, metadataContentType, metadata, event.tags());
    }
}
