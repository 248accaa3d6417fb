package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.host.EventStores;
import io.esdb.spi.DocumentConflict;
import io.esdb.spi.Documents;
import io.esdb.spi.StoreAccess;
import io.esdb.spi.TransactionResult;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.persistent.Catalog.Known;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Once a pool has claimed a subscription, nothing that pools before it write succeeds. */
class FencingTest {
    private static final AppendRequest APPEND =
            AppendRequest.to("out", ExpectedRevision.any(), EventData.bytes("Out", new byte[0]));

    private final EventStores stores = EventStores.inMemory();
    private final EventStore store = stores.open("test");
    private final Documents documents = ((StoreAccess) store).documents();
    private final Catalog catalog = new Catalog((StoreAccess) store);
    private long newestTerm = 5;

    @AfterEach
    void close() {
        stores.close();
    }

    private PoolStore pool() {
        return pool(documents);
    }

    private PoolStore pool(Documents documents) {
        Known known = catalog.get("s");
        return new PoolStore(documents, known.definition(), known.version(), () -> newestTerm);
    }

    private void create() {
        catalog.create(new Definition(
                UUID.randomUUID(), 1, "s", Selector.all(), -1, PersistentOptions.defaults(), false, "", 0));
    }

    private static void assertFenced(CompletionStage<TransactionResult> write) {
        assertThatThrownBy(() -> write.toCompletableFuture().get(1, TimeUnit.MINUTES))
                .hasCauseInstanceOf(DocumentConflict.class);
    }

    @Test
    void anOlderPoolCanWriteNothingAnyMore() throws Exception {
        create();
        PoolStore old = pool();
        long first = old.claim(1, "a");
        Place begin = old.place();
        old.placed(old.store(begin, new Leftovers()).toCompletableFuture().get(1, TimeUnit.MINUTES));

        PoolStore young = pool();
        assertThat(young.claim(2, "b")).isGreaterThan(first);

        assertFenced(old.store(Place.after(7), new Leftovers()));
        assertFenced(old.store(List.of(new Effect.Retry(3, 1, "r", false)), Instant.EPOCH));
        assertFenced(old.store(List.of(new Effect.Park(3, 1, "r", "c")), Instant.EPOCH));
        assertFenced(old.store(new Effect.HandOver(List.of(3L), APPEND)));
        assertFenced(old.stop("r"));
        assertThat(store.exists("out")).isFalse();
        assertThat(young.place()).isEqualTo(Place.after(-1));
        assertThat(young.resume(-1)).isEqualTo(Resume.NOTHING);
        young.store(new Effect.HandOver(List.of(3L), APPEND))
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
        assertThat(store.head("out")).isZero();
    }

    @Test
    void aPoolOfAnOlderTermCannotClaim() {
        create();
        pool().claim(5, "b");
        assertThatThrownBy(() -> pool().claim(4, "a")).isInstanceOf(Superseded.class);
        assertThat(pool().claim(5, "b")).isEqualTo(2);
    }

    /** As in a store that was restored from a backup of another cluster. */
    @Test
    void whereTermsBegunAnewAPoolOfTheNewestTermClaims() {
        create();
        PoolStore old = pool();
        old.claim(5, "b");
        newestTerm = 1;
        pool().claim(1, "a");
        assertFenced(old.stop("r"));
    }

    @Test
    void aResetForgetsWhatIsKnownOfEventsInFewSteps() throws Exception {
        create();
        PoolStore old = pool();
        old.claim(1, "a");
        List<Effect> failures = LongStream.range(0, 600)
                .<Effect>mapToObj(position -> new Effect.Retry(position, 1, "r", position % 2 == 0))
                .toList();
        old.store(failures, Instant.EPOCH).toCompletableFuture().get(1, TimeUnit.MINUTES);
        catalog.change("s", definition -> definition.resetTo(-1));
        AtomicInteger commits = new AtomicInteger();
        Documents counting = (Documents) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Documents.class}, (proxy, method, arguments) -> {
                    commits.addAndGet(method.getName().equals("commit") ? 1 : 0);
                    return method.invoke(documents, arguments);
                });

        PoolStore young = pool(counting);
        young.claim(1, "a");
        assertThat(young.place()).isEqualTo(Place.after(-1));

        assertThat(young.resume(-1)).isEqualTo(Resume.NOTHING);
        assertThat(young.replays(1, position -> false)).isEmpty();
        assertThat(commits).hasValueLessThan(10);
    }

    @Test
    void aPoolOfADefinitionThatHasChangedCannotClaim() {
        create();
        PoolStore pool = pool();
        catalog.change("s", Definition::pausedNow);
        assertThatThrownBy(() -> pool.claim(1, "a")).isInstanceOf(DocumentConflict.class);
    }

    /** It would pass events that only the new selector selects. */
    @Test
    void aPoolThatHasAnOldSelectorStoresNoPlaceAnyMore() throws Exception {
        create();
        PoolStore old = pool();
        old.claim(1, "a");
        Place begin = old.place();
        catalog.change("s", definition -> definition.with(Selector.category("order"), PersistentOptions.defaults()));

        assertFenced(old.store(Place.after(7), new Leftovers()));
        PoolStore young = pool();
        young.claim(1, "a");
        assertThat(young.place()).isEqualTo(begin);
    }

    @Test
    void aPoolStoresItsPlaceAfterAChangeThatSelectsTheSame() throws Exception {
        create();
        PoolStore pool = pool();
        pool.claim(1, "a");
        pool.placed(
                pool.store(pool.place(), new Leftovers()).toCompletableFuture().get(1, TimeUnit.MINUTES));
        catalog.change("s", Definition::pausedNow);

        pool.store(Place.after(7), new Leftovers()).toCompletableFuture().get(1, TimeUnit.MINUTES);
        assertThat(pool().place()).isEqualTo(Place.after(7));
    }

    @Test
    void whatIsLeftOfDeletedSubscriptionsIsSwept() {
        create();
        PoolStore pool = pool();
        pool.claim(1, "a");
        Place unused = pool.place();
        assertThat(catalog.sweep(Set.of(catalog.get("s").definition().id()))).isZero();
        assertThat(catalog.sweep(Set.of())).isEqualTo(1);
        assertThat(catalog.sweep(Set.of())).isZero();
    }
}
