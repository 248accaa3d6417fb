package io.esdb.subscriptions.persistent;

import io.esdb.spi.Branch;
import io.esdb.spi.Document;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentEdit.Put;
import io.esdb.spi.DocumentEdit.Remove;
import io.esdb.spi.DocumentEdit.Require;
import io.esdb.spi.DocumentPage;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.Documents;
import io.esdb.spi.Transaction;
import io.esdb.spi.TransactionResult;
import io.esdb.subscriptions.persistent.Keys.Note;
import io.esdb.subscriptions.persistent.Notes.StoredParked;
import io.esdb.subscriptions.persistent.Notes.StoredPlace;
import io.esdb.subscriptions.persistent.Resume.Tried;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What one pool reads and writes. It first claims the subscription; every write after that requires the claim to be as it
 * left it, so that from the moment another pool claims it none of its writes can succeed, also none that is under way.
 */
final class PoolStore {
    /** The most notes that are removed with a place. */
    static final int MOST_LEFTOVERS = 5_000;

    private static final int PAGE = 500;

    private final Documents documents;
    private final Definition definition;
    private final long definitionVersion;
    private final LongSupplier newestTerm;
    private final UUID id;
    private long claimed;
    private long placeVersion;

    /** @param newestTerm the newest term that this node knows of */
    PoolStore(Documents documents, Definition definition, long definitionVersion, LongSupplier newestTerm) {
        this.documents = documents;
        this.definition = definition;
        this.definitionVersion = definitionVersion;
        this.newestTerm = newestTerm;
        this.id = definition.id();
    }

    /**
     * Fences off all pools before.
     *
     * @return a number that grows with each claim
     * @throws Superseded if a pool of a newer term was here
     */
    long claim(long term, String node) {
        Optional<Document> before = documents.get(Keys.claim(id));
        long newest = before.map(claim -> Notes.termOf(claim.value())).orElse(-1L);
        if (newest > term && newestTerm.getAsLong() > term) { // in a restored store terms begin anew
            throw new Superseded(term, newest);
        }
        long version = before.map(Document::version).orElse(DocumentEdit.MISSING);
        claimed = documents
                .commit(Transaction.of(
                        new Put(Keys.claim(id), version, Notes.claim(term, node)),
                        new Require(Keys.definition(definition.name()), definitionVersion)))
                .versions()
                .get(0);
        return claimed;
    }

    /** The place that was stored last; a new one after a reset. */
    Place place() {
        Optional<Document> stored = documents.get(Keys.place(id));
        placeVersion = stored.map(Document::version).orElse(DocumentEdit.MISSING);
        Optional<StoredPlace> place = stored.map(document -> Notes.place(document.value()))
                .filter(found -> found.generation() == definition.generation());
        return place.map(StoredPlace::place).orElseGet(this::begin);
    }

    private Place begin() {
        forget(Note.RETRY, entry -> List.of());
        forget(Note.DONE, entry -> List.of());
        forget(Note.REPLAY, entry -> List.of(parkedAgain(entry)));
        Place place = Place.after(definition.from());
        placed(documents.commit(placing(place, new Leftovers())));
        return place;
    }

    /** Removes all notes of a kind, and stores what is to be there instead. */
    private void forget(Note note, Function<DocumentPage.Entry, List<DocumentEdit>> instead) {
        DocumentScan scan = DocumentScan.forward(Branch.SUBSCRIPTIONS, Keys.notes(id, note), PAGE);
        for (DocumentPage page = documents.list(scan); !page.entries().isEmpty(); page = documents.list(scan)) {
            List<DocumentEdit> edits = new ArrayList<>();
            edits.add(fence());
            for (DocumentPage.Entry entry : page.entries()) {
                edits.add(new Remove(entry.key(), DocumentEdit.ANY_VERSION));
                edits.addAll(instead.apply(entry));
            }
            documents.commit(new Transaction(edits, null));
        }
    }

    /** As before it was to be replayed; as one of an earlier generation, so that it holds back no delivery by the new place. */
    private DocumentEdit parkedAgain(DocumentPage.Entry replay) {
        long position = Keys.positionOf(replay.key());
        Tried tried = Notes.tried(replay.document().value());
        ParkedEvent event = new ParkedEvent(position, tried.retries(), tried.reason(), "", Instant.now());
        return new Put(
                Keys.note(id, Note.PARKED, position),
                DocumentEdit.ANY_VERSION,
                Notes.parked(definition.generation() - 1, event));
    }

    /** What is noted about single events beyond a checkpoint. */
    Resume resume(long checkpoint) {
        Map<Long, Tried> retries = new HashMap<>();
        each(Note.RETRY, 0, entry -> {
            retries.put(
                    Keys.positionOf(entry.key()), Notes.tried(entry.document().value()));
            return true;
        });
        Set<Long> done = new HashSet<>();
        each(Note.DONE, 0, entry -> done.add(Keys.positionOf(entry.key())));
        Set<Long> settled = new HashSet<>(done);
        each(Note.PARKED, checkpoint + 1, entry -> {
            long position = Keys.positionOf(entry.key());
            StoredParked parked = Notes.parked(position, entry.document().value());
            return parked.generation() != definition.generation() || settled.add(position);
        });
        return new Resume(retries, settled, done);
    }

    /** The events that are to be replayed, as many as wanted of those that are not known. */
    Map<Long, Tried> replays(int most, Predicate<Long> known) {
        Map<Long, Tried> replays = new HashMap<>();
        each(Note.REPLAY, 0, entry -> {
            long position = Keys.positionOf(entry.key());
            if (!known.test(position)) {
                replays.put(position, Notes.tried(entry.document().value()));
            }
            return replays.size() < most;
        });
        return replays;
    }

    private void each(Note note, long from, Predicate<DocumentPage.Entry> goesOn) {
        DocumentScan scan = DocumentScan.forward(Branch.SUBSCRIPTIONS, Keys.notes(id, note), PAGE)
                .from(Keys.note(id, note, from).key());
        while (true) {
            DocumentPage page = documents.list(scan);
            for (DocumentPage.Entry entry : page.entries()) {
                if (!goesOn.test(entry)) {
                    return;
                }
            }
            byte[] next = page.next();
            if (next == null) {
                return;
            }
            scan = scan.from(next);
        }
    }

    private DocumentEdit fence() {
        return new Require(Keys.claim(id), claimed);
    }

    /** Only one at a time. */
    CompletionStage<TransactionResult> store(Place place, Leftovers leftovers) {
        return documents.commitAsync(placing(place, leftovers));
    }

    private Transaction placing(Place place, Leftovers leftovers) {
        List<DocumentEdit> edits = new ArrayList<>();
        edits.add(fence());
        edits.add(new Put(Keys.place(id), placeVersion, Notes.place(definition.generation(), place)));
        leftovers.retries().forEach(position -> edits.add(removal(Note.RETRY, position)));
        leftovers.done().forEach(position -> edits.add(removal(Note.DONE, position)));
        leftovers.replays().forEach(position -> edits.add(removal(Note.REPLAY, position)));
        return new Transaction(edits, null);
    }

    /** To be told what came of {@link #store}. */
    void placed(TransactionResult result) {
        placeVersion = result.versions().get(1);
    }

    /** Stores failures. */
    CompletionStage<TransactionResult> store(List<Effect> failures, Instant now) {
        List<DocumentEdit> edits = new ArrayList<>();
        edits.add(fence());
        for (Effect effect : failures) {
            if (effect instanceof Effect.Retry retry) {
                Note note = retry.replayed() ? Note.REPLAY : Note.RETRY;
                byte[] tried = Notes.tried(new Tried(retry.retries(), retry.reason()));
                edits.add(new Put(Keys.note(id, note, retry.position()), DocumentEdit.ANY_VERSION, tried));
            } else if (effect instanceof Effect.Park park) {
                edits.addAll(parking(park, now));
            }
        }
        return documents.commitAsync(new Transaction(edits, null));
    }

    private List<DocumentEdit> parking(Effect.Park park, Instant now) {
        ParkedEvent event = new ParkedEvent(park.position(), park.attempts(), park.reason(), park.consumer(), now);
        return List.of(
                new Put(
                        Keys.note(id, Note.PARKED, park.position()),
                        DocumentEdit.ANY_VERSION,
                        Notes.parked(definition.generation(), event)),
                removal(Note.RETRY, park.position()),
                removal(Note.REPLAY, park.position()));
    }

    /** Stores an append, and that these events are done; an event that was replayed is not to be replayed again. */
    CompletionStage<TransactionResult> store(Effect.HandOver over) {
        List<DocumentEdit> edits = new ArrayList<>();
        edits.add(fence());
        for (long position : over.positions()) {
            edits.add(new Put(Keys.note(id, Note.DONE, position), DocumentEdit.ANY_VERSION, new byte[] {1}));
            edits.add(removal(Note.REPLAY, position));
        }
        return documents.commitAsync(new Transaction(edits, over.append()));
    }

    /** Stores that the subscription stops. */
    CompletionStage<TransactionResult> stop(String reason) {
        return documents.commitAsync(Transaction.of(
                fence(),
                new Put(
                        Keys.definition(definition.name()),
                        definitionVersion,
                        definition.stopped(reason).encode())));
    }

    private DocumentEdit removal(Note note, long position) {
        return new Remove(Keys.note(id, note, position), DocumentEdit.ANY_VERSION);
    }
}
