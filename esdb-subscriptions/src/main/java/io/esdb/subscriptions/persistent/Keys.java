package io.esdb.subscriptions.persistent;

import io.esdb.spi.Branch;
import io.esdb.spi.DocumentKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Where the documents of subscriptions stand. The numbers are on disk and never change.
 *
 * <pre>
 * 1 | name              a definition
 * 2 | id 16 | 0         a claim: which pool may write
 * 2 | id 16 | 1         a place
 * 2 | id 16 | k | pos 8 a note about one event: 2 tried again, 3 handed over, 4 replayed, 5 parked
 * </pre>
 */
final class Keys {
    /** What a note says of an event. */
    enum Note {
        RETRY(2),
        DONE(3),
        REPLAY(4),
        PARKED(5);

        private final int id;

        Note(int id) {
            this.id = id;
        }
    }

    static final byte[] DEFINITIONS = {1};
    static final byte[] STATES = {2};

    /** Where the kind of a note stands in its key. */
    private static final int KIND = 17;

    private static final int NOTE_BYTES = 26;

    private Keys() {}

    static DocumentKey definition(String name) {
        return key(new Out().u8(1).raw(name.getBytes(StandardCharsets.UTF_8)).toBytes());
    }

    static DocumentKey claim(UUID id) {
        return key(new Out().raw(all(id)).u8(0).toBytes());
    }

    static DocumentKey place(UUID id) {
        return key(new Out().raw(all(id)).u8(1).toBytes());
    }

    static DocumentKey note(UUID id, Note note, long position) {
        return key(new Out().raw(notes(id, note)).i64(position).toBytes());
    }

    /** How the keys of all notes of a kind start. */
    static byte[] notes(UUID id, Note note) {
        return new Out().raw(all(id)).u8(note.id).toBytes();
    }

    /** How the keys of all that belongs to a subscription start, but its definition. */
    static byte[] all(UUID id) {
        return new Out().u8(2).uuid(id).toBytes();
    }

    static boolean isDefinition(DocumentKey key) {
        return key.key()[0] == DEFINITIONS[0];
    }

    /** The name under which a definition stands. */
    static String nameOf(DocumentKey definition) {
        byte[] key = definition.key();
        return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
    }

    static boolean isNote(DocumentKey key, Note note) {
        byte[] bytes = key.key();
        return bytes[0] == STATES[0] && bytes.length == NOTE_BYTES && bytes[KIND] == note.id;
    }

    /** The subscription that a document other than a definition belongs to. */
    static UUID idOf(DocumentKey key) {
        ByteBuffer bytes = ByteBuffer.wrap(key.key(), 1, 16);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** The event that a note is about. */
    static long positionOf(DocumentKey key) {
        return ByteBuffer.wrap(key.key()).getLong(key.key().length - 8);
    }

    private static DocumentKey key(byte[] bytes) {
        return new DocumentKey(Branch.SUBSCRIPTIONS, bytes);
    }
}
