package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.Registration;
import io.esdb.StoreCorrupt;
import io.esdb.spi.Branch;
import io.esdb.spi.Document;
import io.esdb.spi.DocumentConflict;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.DocumentPage;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.StoreAccess;
import io.esdb.spi.Transaction;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The records of the subjects in the store's tree, keyed by 1 and the subject. */
final class KeyTree {
    /** How often a change that others came before is tried. */
    private static final int MOST_TRIES = 10;

    private static final byte SUBJECT = 1;

    private final String store;
    private final StoreAccess access;

    /** A record with the version of its document. */
    record Versioned(long version, KeyRecord record) {}

    /** A subject with its record. */
    record Entry(String subject, KeyRecord record) {}

    KeyTree(String store, StoreAccess access) {
        this.store = store;
        this.access = access;
    }

    Registration changes(Runnable listener) {
        return access.documents().changes(Branch.KEYS, listener);
    }

    /** Makes everything readable here that was acknowledged anywhere. */
    void barrier() {
        access.barrier();
    }

    Optional<Versioned> read(String subject) {
        return access.documents()
                .get(key(subject))
                .map(document -> new Versioned(document.version(), record(subject, document)));
    }

    /** The versions of the subjects' documents, 0 for one that does not exist. */
    List<Long> versions(List<String> subjects) {
        List<DocumentKey> keys = subjects.stream().map(KeyTree::key).toList();
        return access.documents().get(keys).stream()
                .map(document -> document.map(Document::version).orElse(0L))
                .toList();
    }

    /**
     * Changes a subject's record, and again from the start if another change came in between.
     *
     * @param change gives the new record for the present one, or null to leave it as it is
     * @return the record before, empty if there was none
     */
    Optional<KeyRecord> change(String subject, Function<Optional<KeyRecord>, @Nullable KeyRecord> change) {
        for (int tries = 1; ; tries++) {
            Optional<Versioned> found = read(subject);
            Optional<KeyRecord> before = found.map(Versioned::record);
            KeyRecord after = change.apply(before);
            if (after == null) {
                return before;
            }
            try {
                long unused = put(subject, found.map(Versioned::version).orElse(DocumentEdit.MISSING), after);
                return before;
            } catch (DocumentConflict e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
                barrier();
            }
        }
    }

    /** Stores a record over the version expected, and says which version it is. */
    long put(String subject, long expected, KeyRecord record) {
        DocumentEdit put = new DocumentEdit.Put(key(subject), expected, record.encode());
        return access.documents().commit(Transaction.of(put)).versions().get(0);
    }

    /** Subjects after this one, one more than the limit if there are more; after none if it is empty. */
    List<Entry> list(String after, int limit) {
        DocumentScan scan = DocumentScan.forward(Branch.KEYS, new byte[] {SUBJECT}, limit);
        if (!after.isEmpty()) {
            byte[] last = bytes(after);
            scan = scan.from(Arrays.copyOf(last, last.length + 1)); // no key lies between a key and itself with a 0
        }
        return access.documents().list(scan).entries().stream().map(this::entry).toList();
    }

    private Entry entry(DocumentPage.Entry entry) {
        byte[] key = entry.key().key();
        String subject = new String(key, 1, key.length - 1, UTF_8);
        return new Entry(subject, record(subject, entry.document()));
    }

    private KeyRecord record(String subject, Document document) {
        KeyRecord record = KeyRecord.decode(document.value());
        if (record == null) {
            throw new StoreCorrupt(
                    store, "the key record of subject '" + subject + "' is damaged or of a newer version", null);
        }
        return record;
    }

    private static DocumentKey key(String subject) {
        return new DocumentKey(Branch.KEYS, bytes(subject));
    }

    private static byte[] bytes(String subject) {
        byte[] name = Check.subject(subject);
        return ByteBuffer.allocate(1 + name.length).put(SUBJECT).put(name).array();
    }
}
