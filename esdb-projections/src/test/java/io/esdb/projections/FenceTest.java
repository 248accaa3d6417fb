package io.esdb.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.RecordedEvent;
import io.esdb.spi.DocumentConflict;
import io.esdb.spi.Documents;
import io.esdb.spi.StoreAccess;
import io.esdb.spi.Transaction;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.Subscriptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only who holds the place stores anything: several leaders, each of which believes to be the only one. */
class FenceTest extends ProjectionFixture {
    private static final String NAME = "copies";

    private Ledger ledger;
    private Subscriptions subscriptions;

    @BeforeEach
    void prepare() {
        ledger = new Ledger(store, (StoreAccess) store, ((StoreAccess) store).documents());
        subscriptions = Subscriptions.on(store);
        ledger.change(NAME, none -> Control.first(1));
    }

    @AfterEach
    void closeSubscriptions() {
        subscriptions.close();
    }

    private Fence claim(long term) throws Ended {
        return Fence.claim(ledger, NAME, 1, term);
    }

    @Test
    void aNewerLeaderFencesTheOlderOneOff() throws Exception {
        Fence old = claim(1);
        Fence fresh = claim(2);

        assertThatThrownBy(() -> ledger.documents().commit(Transaction.of(old.put(old.place()))))
                .isInstanceOf(DocumentConflict.class);
        ledger.documents().commit(Transaction.of(fresh.put(fresh.place())));
        assertThatThrownBy(() -> claim(0)).isInstanceOf(Ended.class).hasMessageContaining("newer leader");
        assertThat(ledger.place(NAME, 1).value().term()).isEqualTo(2);
    }

    @Test
    void inAStoreWhereTermsBegunAnewTheLeaderOfTheNewestTermRunsIt() throws Exception {
        Fence unused = claim(40);

        assertThat(claim(store.status().term()).place().term()).isEqualTo(1);
    }

    @Test
    void aStoppedVersionGoesOnThoughTwoAskForThatAtOnce() throws Exception {
        Fence fence = claim(1);
        Place stopped = fence.place().failing(new ProjectionFailure(0, "no", true));
        ledger.documents().commit(Transaction.of(fence.put(stopped)));
        Documents late = (Documents) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Documents.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        ledger.forgive(NAME, 1);
                    }
                    try {
                        return method.invoke(ledger.documents(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        new Ledger(store, ledger.access(), late).forgive(NAME, 1);
        assertThat(ledger.place(NAME, 1).value().isStopped()).isFalse();
    }

    @Test
    void whatIsNotToRunCannotBeClaimed() throws Exception {
        Fence held = claim(1);
        ledger.change(NAME, control -> control.paused());
        assertThatThrownBy(() -> claim(2)).isInstanceOf(Ended.class);
        ledger.change(NAME, control -> control.running().building(2));
        Fence next = Fence.claim(ledger, NAME, 2, 1);
        new TakeOver(ledger, NAME, 2, new RunnerLog("test", NAME, 2)).attempt(next);

        assertThat(ledger.control(NAME).active()).isEqualTo(2);
        assertThatThrownBy(() -> ledger.documents().commit(Transaction.of(held.put(held.place()))))
                .isInstanceOf(DocumentConflict.class);
        assertThatThrownBy(() -> claim(3)).isInstanceOf(Ended.class);
    }

    @Test
    void aNewVersionDoesNotTakeOverBeforeItIsAsFar() throws Exception {
        Fence held = claim(1);
        Place far = new Place(1, 10, 5, true, null);
        ledger.documents().commit(Transaction.of(held.put(far)));
        ledger.change(NAME, control -> control.building(2));
        Fence next = Fence.claim(ledger, NAME, 2, 1);
        new TakeOver(ledger, NAME, 2, new RunnerLog("test", NAME, 2)).attempt(next);

        assertThat(ledger.control(NAME).active()).isEqualTo(1);
    }

    @Test
    void runnersOfManyTermsAtOnceCountEachEventOnce() throws Exception {
        Projection<Long> copies = Projection.of(
                        NAME, 1, Selector.types("Added"), StateCodec.number(), (event, effects) -> {
                            Long before = effects.state("all");
                            effects.put("all", (before == null ? 0 : before) + amount(event));
                            effects.emit("copy", EventData.json("Copied", event.data()));
                        })
                .withOptions(QUICK.withBatch(3, 1 << 20));
        List<Runner<Long>> runners = new ArrayList<>();
        for (int term = 1; term <= 8; term++) {
            Runner<Long> runner = new Runner<>(ledger, subscriptions, copies, term - 8, () -> {});
            runners.add(runner);
            runner.start();
            for (int i = 0; i < 20; i++) {
                add("a", 1, 2, 3);
            }
        }
        projections.define(sums("other", 1));
        await().untilAsserted(() -> assertThat(stream("copy")).hasSize(8 * 20 * 3));
        runners.forEach(runner -> runner.stop("the test is over"));
        for (Runner<Long> runner : runners) {
            runner.join(LONG);
        }

        assertThat(projections.get(NAME, "all", StateCodec.number())).contains(8 * 20 * 6L);
        assertThat(stream("copy"))
                .extracting(RecordedEvent::id)
                .doesNotHaveDuplicates()
                .hasSize(8 * 20 * 3);
        assertThat(stream("copy"))
                .extracting(ProjectionFixture::text)
                .isEqualTo(stream("a").stream().map(ProjectionFixture::text).toList());
    }
}
