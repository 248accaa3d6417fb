package io.esdb.projections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.EventData;
import io.esdb.RecordedEvent;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * How one version of a projection marks what it emits: by a tag, and by ids that are the same each time. Ids begin with the
 * original's time, so that neighbours in the log are neighbours in the index of ids (UUID version 8, RFC 9562).
 */
final class Emission {
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long LOW_BITS = 0x3fff_ffff_ffff_ffffL;

    private final byte[] head;
    private final String tag;
    private final MessageDigest digest;

    Emission(String name, int version) {
        byte[] text = name.getBytes(UTF_8);
        this.head = ByteBuffer.allocate(text.length + 1 + Integer.BYTES)
                .put(text)
                .put((byte) 0)
                .putInt(version)
                .array();
        this.tag = Projections.tagOf(name);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }

    /** Whether the projection has emitted this event, in whichever version. */
    boolean isOwn(RecordedEvent event) {
        return event.tags().contains(tag);
    }

    EventData mark(EventData event, RecordedEvent original, int index) {
        Set<String> tags = new TreeSet<>(event.tags());
        tags.add(tag);
        return event.withId(id(original, index)).withTags(tags);
    }

    private UUID id(RecordedEvent original, int index) {
        digest.update(head);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(original.id().getMostSignificantBits())
                .putLong(original.id().getLeastSignificantBits())
                .putInt(index)
                .array()));
        long millis = TimeUnit.MICROSECONDS.toMillis(original.createdMicros());
        long high = millis << 16 | VERSION_8 | (hash.getShort() & 0xfff);
        return new UUID(high, VARIANT | (hash.getLong() & LOW_BITS));
    }
}
