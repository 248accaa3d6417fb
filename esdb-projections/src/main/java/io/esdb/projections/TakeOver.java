package io.esdb.projections;

import io.esdb.projections.Ledger.Entry;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentEdit.Put;
import io.esdb.spi.DocumentEdit.Remove;
import io.esdb.spi.DocumentEdit.Require;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.Transaction;

/**
 * Has readers read a new version, in one transaction, once it is as far as the old one. The old one's place goes with it, so
 * who still runs it is fenced off.
 */
record TakeOver(Ledger ledger, String name, int version, RunnerLog log) {

    void attempt(Fence fence) {
        Control before = ledger.control(name);
        if (before == null || before.building() != version) {
            return;
        }
        Entry old = ledger.entry(name, before.active());
        Control control = old.control();
        if (control == null || control.active() != before.active() || control.building() != version) {
            return;
        }
        if (old.place().value().position() > fence.place().position()) {
            return;
        }
        DocumentKey oldPlace = Keys.place(name, control.active());
        long oldVersion = old.place().version();
        DocumentEdit end =
                oldVersion == 0 ? new Require(oldPlace, DocumentEdit.MISSING) : new Remove(oldPlace, oldVersion);
        ledger.documents()
                .commit(Transaction.of(
                        new Put(
                                Keys.control(name),
                                old.controlVersion(),
                                control.switched().encode()),
                        fence.require(),
                        end));
        log.switched(control.active());
    }
}
