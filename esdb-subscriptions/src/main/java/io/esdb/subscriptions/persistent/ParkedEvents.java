package io.esdb.subscriptions.persistent;

import io.esdb.spi.Branch;
import io.esdb.spi.DocumentConflict;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentEdit.Put;
import io.esdb.spi.DocumentEdit.Remove;
import io.esdb.spi.DocumentPage;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.StoreAccess;
import io.esdb.spi.Transaction;
import io.esdb.subscriptions.persistent.Keys.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The parked events of subscriptions, and what operators do with them. Works on any node. */
record ParkedEvents(StoreAccess access) {
    private static final int PAGE = 500;

    /** Those after a position, in its order. */
    List<ParkedEvent> list(UUID id, long after, int limit) {
        List<ParkedEvent> parked = new ArrayList<>();
        for (DocumentPage.Entry entry : page(id, Note.PARKED, after, limit).entries()) {
            long position = Keys.positionOf(entry.key());
            parked.add(Notes.parked(position, entry.document().value()).event());
        }
        return parked;
    }

    private DocumentPage page(UUID id, Note note, long after, int limit) {
        return access.documents()
                .list(DocumentScan.forward(Branch.SUBSCRIPTIONS, Keys.notes(id, note), limit)
                        .from(Keys.note(id, note, after + 1).key()));
    }

    /** How many notes of a kind there are; no more than so many are counted. */
    int count(UUID id, Note note, int most) {
        int count = 0;
        DocumentPage page = page(id, note, -1, PAGE);
        while (!page.entries().isEmpty() && count < most) {
            count += page.entries().size();
            page = page(id, note, lastOf(page), PAGE);
        }
        return Math.min(count, most);
    }

    private static long lastOf(DocumentPage page) {
        return Keys.positionOf(page.entries().get(page.entries().size() - 1).key());
    }

    /** Hands all to the pool again, each once, even if they are parked again meanwhile; returns how many. */
    long replay(UUID id) {
        long replayed = 0;
        long after = -1;
        DocumentPage page = page(id, Note.PARKED, after, PAGE);
        while (!page.entries().isEmpty()) {
            List<DocumentEdit> edits = new ArrayList<>();
            page.entries().forEach(entry -> edits.addAll(replaying(id, entry)));
            if (commit(edits)) {
                replayed += page.entries().size();
                after = lastOf(page);
            }
            page = page(id, Note.PARKED, after, PAGE);
        }
        return replayed;
    }

    /** Hands one to the pool again; false if it is not parked. */
    boolean replay(UUID id, long position) {
        return ifParked(id, position, entry -> replaying(id, entry));
    }

    /** The event is delivered even if a reset has passed it. */
    private static List<DocumentEdit> replaying(UUID id, DocumentPage.Entry parked) {
        return instead(id, parked, Note.REPLAY, Notes.tried(new Resume.Tried(0, "")));
    }

    /** Forgets one; false if it is not parked. */
    boolean discard(UUID id, long position) {
        return ifParked(id, position, entry -> instead(id, entry, Note.DONE, new byte[] {1}));
    }

    private static List<DocumentEdit> instead(UUID id, DocumentPage.Entry parked, Note note, byte[] value) {
        return List.of(
                new Remove(parked.key(), parked.document().version()),
                new Put(Keys.note(id, note, Keys.positionOf(parked.key())), DocumentEdit.ANY_VERSION, value));
    }

    private interface Edits {
        List<DocumentEdit> of(DocumentPage.Entry parked);
    }

    private boolean ifParked(UUID id, long position, Edits edits) {
        while (true) {
            DocumentPage page = page(id, Note.PARKED, position - 1, 1);
            if (page.entries().isEmpty()
                    || Keys.positionOf(page.entries().get(0).key()) != position) {
                return false;
            }
            if (commit(edits.of(page.entries().get(0)))) {
                return true;
            }
        }
    }

    /** False if somebody else came first; then it is to be looked at again. */
    private boolean commit(List<DocumentEdit> edits) {
        try {
            access.documents().commit(new Transaction(edits, null));
            return true;
        } catch (DocumentConflict e) {
            access.barrier();
            return false;
        }
    }
}
