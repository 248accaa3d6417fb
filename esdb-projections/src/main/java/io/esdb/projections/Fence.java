package io.esdb.projections;

import io.esdb.projections.Ledger.Entry;
import io.esdb.spi.DocumentEdit.Put;
import io.esdb.spi.DocumentEdit.Require;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.Transaction;

/**
 * The place of one version while it is run here. Every transaction of the runner puts it and expects it as it left it, so
 * whoever claims it fences off all who had it before. One thread at a time.
 */
final class Fence {
    private final DocumentKey key;
    private Place place;
    private long version;

    private Fence(DocumentKey key, Place place, long version) {
        this.key = key;
        this.place = place;
        this.version = version;
    }

    /**
     * Takes over, as the leader of a term.
     *
     * @throws Ended if a newer leader has, or the version is not to run
     * @throws io.esdb.spi.DocumentConflict if somebody was quicker
     */
    static Fence claim(Ledger ledger, String name, int version, long term) throws Ended {
        ledger.access().barrier();
        Entry entry = ledger.entry(name, version);
        Control control = entry.control();
        Place found = entry.place().value();
        if (control == null || !control.wanted().contains(version) || found.isStopped()) {
            throw new Ended("it is not to run");
        }
        if (found.term() > term && ledger.store().status().term() > term) { // in a restored store terms begin anew
            throw new Ended("a newer leader runs it");
        }
        Fence fence = new Fence(
                Keys.place(name, version), found.claimed(term), entry.place().version());
        ledger.documents()
                .commit(Transaction.of(
                        new Require(Keys.control(name), entry.controlVersion()), fence.put(fence.place)));
        fence.stored(fence.place);
        return fence;
    }

    Place place() {
        return place;
    }

    DocumentKey key() {
        return key;
    }

    long version() {
        return version;
    }

    Put put(Place next) {
        return new Put(key, version, next.encode());
    }

    Require require() {
        return new Require(key, version);
    }

    /** The transaction with this place went through. */
    void stored(Place next) {
        place = next;
        version++;
    }
}
