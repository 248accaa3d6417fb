package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a sealed part: version 1, length of the subject 2, subject, nonce 12, ciphertext, tag 16. What is encrypted:
 * length of the content type 2, content type, content. Bound to it are version, part, event id, subject and type.
 */
final class SealedPart {
    /** The bytes that sealing adds to a part, beside those of the subject and of the content type. */
    static final int OVERHEAD = 1 + 2 + Primitives.OVERHEAD + 2;

    private static final byte VERSION = 1;

    /** Which part of an event; the numbers are bound to what is sealed. */
    enum Part {
        DATA(1),
        METADATA(2);

        private final byte number;

        Part(int number) {
            this.number = (byte) number;
        }
    }

    /** What a part is bound to, so that it opens nowhere else. */
    record Place(Part part, UUID id, String type) {}

    /** What is sealed. */
    record Content(String contentType, byte[] bytes) {}

    private SealedPart() {}

    static byte[] seal(DataKey key, byte[] subject, Place place, Content content) {
        byte[] contentType = content.contentType().getBytes(UTF_8);
        ByteBuffer plain = ByteBuffer.allocate(2 + contentType.length + content.bytes().length);
        plain.putShort((short) contentType.length).put(contentType).put(content.bytes());
        byte[] sealed = key.seal(associated(place, subject), plain.array(), 3 + subject.length);
        ByteBuffer.wrap(sealed).put(VERSION).putShort((short) subject.length).put(subject);
        return sealed;
    }

    /** Whose it is; null if it is no sealed part. */
    static @Nullable String subject(byte[] sealed) {
        if (sealed.length < 3 || sealed[0] != VERSION) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
        int length = Short.toUnsignedInt(buffer.getShort());
        if (length > buffer.remaining()) {
            return null;
        }
        try {
            String subject = UTF_8.newDecoder().decode(buffer.limit(3 + length)).toString();
            return Check.subject(subject).length == length ? subject : null;
        } catch (CharacterCodingException | InvalidInput e) {
            return null;
        }
    }

    /** The content; null if it was not sealed so, for this place, with this key. */
    static @Nullable Content open(DataKey key, byte[] subject, Place place, byte[] sealed) {
        byte[] plain = key.open(associated(place, subject), sealed, 3 + subject.length);
        if (plain == null || plain.length < 2) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(plain);
        byte[] contentType = new byte[buffer.getShort()];
        buffer.get(contentType);
        byte[] content = new byte[buffer.remaining()];
        buffer.get(content);
        return new Content(new String(contentType, UTF_8), content);
    }

    private static byte[] associated(Place place, byte[] subject) {
        byte[] type = place.type().getBytes(UTF_8);
        return ByteBuffer.allocate(2 + 16 + 2 + subject.length + 4 + type.length)
                .put(VERSION)
                .put(place.part().number)
                .putLong(place.id().getMostSignificantBits())
                .putLong(place.id().getLeastSignificantBits())
                .putShort((short) subject.length)
                .put(subject)
                .putInt(type.length)
                .put(type)
                .array();
    }
}
