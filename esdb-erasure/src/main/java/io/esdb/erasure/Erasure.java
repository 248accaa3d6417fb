package io.esdb.erasure;

import io.esdb.EventData;
import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.RecordedEvent;
import io.esdb.Registration;
import io.esdb.spi.StoreAccess;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Seals the payloads of subjects, opens them again, and erases subjects: a payload is encrypted with its subject's key
 * before it is appended, so that to shred the key takes the payload out of every node, log and backup. Make one for a store
 * on each of its nodes, all with the same {@link KeyProvider}, and close it before the store. Safe to use from any thread.
 *
 * <p>A subject is whoever or whatever is to be erased as a whole, such as a customer. Its name is kept in the clear, beside
 * its payloads and for good: use a number that means nothing elsewhere, not an address. A name is 1 to {@value
 * #MOST_SUBJECT_BYTES} bytes in UTF-8, without control characters. A subject that was erased stays so; one who comes back
 * is given a new name.
 *
 * <p>A payload is encrypted by AES-256-GCM, bound to the event's id and type and to the subject: it opens nowhere else. The
 * same event sealed again for the same subject gives the same bytes, so an append may be repeated from the plain events.
 *
 * <p>What a node's reader gets follows what the node has applied: until then it opens what was erased elsewhere.
 *
 * <p>Failures common to all methods: those of the store's reads and writes, {@link ErasureClosed} after {@link #close},
 * {@link KeyProviderFailed}, and {@link InvalidInput} or {@link io.esdb.LimitExceeded} ({@code subjectBytes}) for a name
 * that breaks the rules. A write that ends in {@link io.esdb.IndeterminateAppend} may be repeated as it is. All methods may
 * call the key provider, and wait for it.
 */
public final class Erasure implements AutoCloseable {
    /** The content type of sealed data and metadata; the inner one is sealed along. */
    public static final String SEALED = "application/vnd.esdb.sealed";

    /** The content type that {@link #opened} gives to data and metadata of an erased subject. It is never stored. */
    public static final String ERASED = "application/vnd.esdb.erased";

    /** The most bytes of a subject's name in UTF-8. */
    public static final int MOST_SUBJECT_BYTES = 256;

    /** The most subjects of a page. */
    public static final int MOST_LISTED = 1_000;

    private final String store;
    private final Sealer sealer;
    private final Opener opener;
    private final Eraser eraser;
    private final CacheKeeper keeper;
    private final Registration changes;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Erasure(
            String store, Sealer sealer, Opener opener, Eraser eraser, CacheKeeper keeper, Registration changes) {
        this.store = store;
        this.sealer = sealer;
        this.opener = opener;
        this.eraser = eraser;
        this.keeper = keeper;
        this.changes = changes;
    }

    /** As {@link #on(EventStore, KeyProvider, ErasureOptions)}, with the default options. */
    public static Erasure on(EventStore store, KeyProvider provider) {
        return on(store, provider, ErasureOptions.defaults());
    }

    /**
     * Erasure on this store.
     *
     * @throws InvalidInput if the store does not come from {@code EventStores}
     * @throws io.esdb.StoreClosed if it is closed
     */
    public static Erasure on(EventStore store, KeyProvider provider, ErasureOptions options) {
        return on(store, provider, options, InstantSource.system(), System::nanoTime);
    }

    static Erasure on(
            EventStore store, KeyProvider provider, ErasureOptions options, InstantSource clock, LongSupplier nanos) {
        if (!(Check.notNull("store", store) instanceof StoreAccess access)) {
            throw new InvalidInput("store", "must come from EventStores, was a " + store.getClass());
        }
        ProviderEdge edge = new ProviderEdge(Check.notNull("provider", provider));
        Check.notNull("options", options);
        KeyTree tree = new KeyTree(store.name(), access);
        KeyCache cache = new KeyCache(options.keys(), options.keptFor(), nanos);
        CacheKeeper keeper = new CacheKeeper(store.name(), tree, cache);
        SubjectKeys keys = new SubjectKeys(tree, edge, cache, keeper::look);
        Registration changes = tree.changes(() -> {
            cache.changed();
            keeper.look();
        });
        keeper.start();
        Eraser eraser = new Eraser(tree, edge, cache, clock);
        return new Erasure(store.name(), new Sealer(keys), new Opener(keys), eraser, keeper, changes);
    }

    /**
     * An event like this one with its data sealed, to be appended. Metadata and tags stay readable, and are not protected
     * against changes. The first event of a subject makes its key, in a write of its own.
     *
     * <p>An event that was sealed before its subject was erased and is appended afterwards is stored, and reads as erased.
     *
     * @param event one whose data is not sealed; the sealed one is larger, see {@link #overhead}
     * @return the same id, type and tags, with content type {@link #SEALED}
     * @throws SubjectErased if the subject was erased
     * @throws io.esdb.LimitExceeded ({@code eventBytes}) if the event is larger than any store takes
     */
    public EventData seal(String subject, EventData event) {
        checkOpen();
        return sealer.seal(subject, Check.notNull("event", event), false);
    }

    /** As {@link #seal}, with the metadata sealed as well. */
    public EventData sealWithMetadata(String subject, EventData event) {
        checkOpen();
        return sealer.seal(subject, Check.notNull("event", event), true);
    }

    /**
     * The bytes that sealing adds to data, or to metadata, of a content type. They count towards the store's limits on
     * events and appends.
     */
    public static int overhead(String subject, String contentType) {
        int type = Check.notNull("contentType", contentType).getBytes(StandardCharsets.UTF_8).length;
        return SealedPart.OVERHEAD + Check.subject(subject).length + type;
    }

    /**
     * Opens an event: all of it, or none of what was sealed. One with nothing sealed passes through.
     *
     * @throws PayloadDamaged if what was sealed is not what it was
     */
    public Opened open(RecordedEvent event) {
        checkOpen();
        return opener.open(Check.notNull("event", event));
    }

    /**
     * As {@link #open}, for code that takes events: an event of an erased subject has empty bytes of content type {@link
     * #ERASED} in place of what was sealed, see {@link #isErased}.
     *
     * @throws PayloadDamaged if what was sealed is not what it was
     */
    public RecordedEvent opened(RecordedEvent event) {
        return open(event).event();
    }

    /** The page with all of its events {@link #opened(RecordedEvent) opened}. */
    public EventPage opened(EventPage page) {
        return new EventPage(
                Check.notNull("page", page).events().stream().map(this::opened).toList(),
                page.next(),
                page.end(),
                page.asOf());
    }

    /** Whether this event came out of {@link #opened}, and its data or metadata is erased. */
    public static boolean isErased(RecordedEvent event) {
        return event.contentType().equals(ERASED) || event.metadataContentType().equals(ERASED);
    }

    /**
     * Erases a subject, for good: replaces its key in the store by the note that it was erased, which holds on every node from
     * then on, and then has the key provider destroy the key that the other was wrapped with. A subject that the store does not
     * know is noted as erased too.
     *
     * <p>Every failure is finished by calling this again; until it returns, the subject may be not erased ({@link
     * #status}), or erased in the store while copies of the store from before can still be opened ({@link
     * SubjectStatus.State#ERASING}). A subject that is erased already is fine.
     *
     * @return whether this call shredded a key in the store
     */
    public boolean erase(String subject) {
        checkSubject(subject);
        return eraser.erase(subject);
    }

    /**
     * Wraps a subject's key anew, with the newest key that the key provider has for it; payloads stay as they are. What was
     * wrapped before stays in copies of the store.
     *
     * @return false if the store does not know the subject
     * @throws SubjectErased if the subject was erased
     */
    public boolean rewrap(String subject) {
        checkSubject(subject);
        return eraser.rewrap(subject);
    }

    /** Where a subject stands, as this node sees it; empty if the store does not know it. */
    public Optional<SubjectStatus> status(String subject) {
        checkSubject(subject);
        return eraser.status(subject);
    }

    /**
     * Lists the subjects of the store, as this node sees them, in the order of their UTF-8 bytes.
     *
     * @param after the subject to go on after, {@link SubjectPage#next} of the page before; empty to begin
     * @param limit the most subjects wanted, 1 to {@value #MOST_LISTED}
     */
    public SubjectPage subjects(String after, int limit) {
        checkOpen();
        if (!Check.notNull("after", after).isEmpty()) {
            Check.subject(after);
        }
        if (limit < 1 || limit > MOST_LISTED) {
            throw new InvalidInput("limit", "must be between 1 and " + MOST_LISTED + ", was " + limit);
        }
        return eraser.subjects(after, limit);
    }

    private void checkSubject(String subject) {
        checkOpen();
        Check.subject(subject);
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new ErasureClosed(store);
        }
    }

    /** Overwrites the keys in memory and ends. The store stays open. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            changes.close();
            keeper.close();
        }
    }
}
