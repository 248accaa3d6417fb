package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.RecordedEvent;
import io.esdb.erasure.SealedPart.Content;
import io.esdb.erasure.SealedPart.Part;
import io.esdb.erasure.SealedPart.Place;
import org.jspecify.annotations.Nullable;

/** Opens sealed events. */
final class Opener {
    private static final byte[] NOTHING = {};

    private final SubjectKeys keys;

    Opener(SubjectKeys keys) {
        this.keys = keys;
    }

    Opened open(RecordedEvent event) {
        boolean data = event.contentType().equals(Erasure.SEALED);
        boolean metadata = event.metadataContentType().equals(Erasure.SEALED);
        if (!data && !metadata) {
            return new Opened.Plain(event);
        }
        String subject = subject(event, data ? event.data() : event.metadata());
        if (data && metadata && !subject.equals(subject(event, event.metadata()))) {
            throw new PayloadDamaged(event, "its data and its metadata are of different subjects");
        }
        SubjectKey key = keys.toOpen(subject);
        if (key instanceof SubjectKey.Shredded shredded) {
            return new Opened.Erased(opened(event, erased(data), erased(metadata)), subject, shredded.at());
        }
        if (!(key instanceof SubjectKey.Usable usable)) {
            throw new PayloadDamaged(event, "the store has no key of subject '" + subject + "'");
        }
        try (DataKey opening = usable.key()) {
            Content openedData = data ? content(event, Part.DATA, opening, subject) : null;
            Content openedMetadata = metadata ? content(event, Part.METADATA, opening, subject) : null;
            return new Opened.Plain(opened(event, openedData, openedMetadata));
        }
    }

    private static String subject(RecordedEvent event, byte[] sealed) {
        String subject = SealedPart.subject(sealed);
        if (subject == null) {
            throw new PayloadDamaged(event, "it names no subject, or is of a newer version");
        }
        return subject;
    }

    private static Content content(RecordedEvent event, Part part, DataKey key, String subject) {
        byte[] sealed = part == Part.DATA ? event.data() : event.metadata();
        Place place = new Place(part, event.id(), event.type());
        Content content = SealedPart.open(key, subject.getBytes(UTF_8), place, sealed);
        if (content == null) {
            throw new PayloadDamaged(event, "its " + part + " is not what was sealed for it");
        }
        return content;
    }

    private static @Nullable Content erased(boolean sealed) {
        return sealed ? new Content(Erasure.ERASED, NOTHING) : null;
    }

    private static RecordedEvent opened(RecordedEvent event, @Nullable Content data, @Nullable Content metadata) {
        return new RecordedEvent(
                event.position(),
                event.stream(),
                event.revision(),
                event.id(),
                event.type(),
                data == null ? event.contentType() : data.contentType(),
                data == null ? event.data() : data.bytes(),
                metadata == null ? event.metadataContentType() : metadata.contentType(),
                metadata == null ? event.metadata() : metadata.bytes(),
                event.tags(),
                event.createdMicros());
    }
}
