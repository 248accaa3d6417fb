package io.esdb.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.RecordedEvent;
import io.esdb.Registration;
import io.esdb.spi.StoreAccess;
import java.lang.reflect.Field;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

class CachedKeysTest extends ErasureFixture {
    private final KeyCache cache = new KeyCache(2, Duration.ofMinutes(1), nanos::get);

    private static SubjectKey.Usable key() {
        return new SubjectKey.Usable(DataKey.random(new SecureRandom()));
    }

    private void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Test
    void aChangeOfAnotherSubjectCostsNoCallOfTheProvider() {
        RecordedEvent mine = sealed("s-1", "mine");
        Erasure elsewhere = erasure();
        elsewhere.opened(mine);
        int before = provider.unwraps.get();

        erasure.seal("s-2", event("new"));
        erasure.erase("s-3");

        assertThat(text(elsewhere.opened(mine))).contains("mine");
        assertThat(provider.unwraps).hasValue(before + 1); // the check of the key of s-2
    }

    @Test
    void aKeyThatWasKeptLongEnoughIsAskedOfTheProviderAgain() throws Exception {
        RecordedEvent mine = sealed("s-1", "mine");
        provider.destroy("s-1");
        advance(ErasureOptions.defaults().keptFor());
        assertThat(erasure.open(mine)).isInstanceOf(Opened.Plain.class);

        advance(Duration.ofNanos(1));

        assertThat(erasure.open(mine)).isInstanceOf(Opened.Erased.class);
    }

    @Test
    void theKeyUsedLongestAgoMakesRoom() {
        Erasure small = erasure(ErasureOptions.defaults().withKeys(2));
        RecordedEvent one = append(small.seal("s-1", event("1")));
        RecordedEvent two = append(small.seal("s-2", event("2")));
        small.opened(one);
        RecordedEvent three = append(small.seal("s-3", event("3")));
        int before = provider.unwraps.get();

        small.opened(one);
        small.opened(three);
        assertThat(provider.unwraps).hasValue(before);
        small.opened(two);
        assertThat(provider.unwraps).hasValue(before + 1);
    }

    @Test
    void aKeyOfAnEarlierEpochIsUsedOnlyWhenItsVersionIsConfirmed() {
        long early = cache.epoch();
        cache.changed();

        assertThat(cache.put("s-1", 1, key(), early)).as("to be confirmed").isTrue();
        assertThat(cache.get("s-1", cache.epoch())).isEmpty();
        assertThat(cache.toConfirm()).containsExactly("s-1");
        cache.confirm("s-1", 1, cache.epoch());
        assertThat(cache.get("s-1", cache.epoch())).isPresent();
        assertThat(cache.toConfirm()).isEmpty();
        assertThat(cache.put("s-2", 1, key(), cache.epoch())).isFalse();
        cache.confirm("s-1", 2, cache.epoch());
        assertThat(cache.has("s-1")).isFalse();
    }

    @Test
    void aConfirmationOfAnEarlierEpochDoesNotCountForALaterOne() {
        cache.put("s-1", 1, key(), cache.epoch());
        cache.changed();
        long early = cache.epoch();
        cache.changed();

        cache.confirm("s-1", 1, early);

        assertThat(cache.get("s-1", cache.epoch())).isEmpty();
    }

    @Test
    void aClosedCacheKeepsNothing() {
        cache.put("s-1", 1, key(), 0);
        cache.close();
        cache.put("s-2", 1, key(), 0);

        assertThat(cache.has("s-1")).isFalse();
        assertThat(cache.has("s-2")).isFalse();
    }

    @Test
    void aKeyThatIsHandedOutIsNotOverwrittenWhenTheCacheDropsIt() {
        cache.put("s-1", 1, key(), 0);
        Optional<SubjectKey> handedOut = cache.get("s-1", 0);

        cache.drop("s-1");

        DataKey key = ((SubjectKey.Usable) handedOut.orElseThrow()).key();
        assertThat(key.encoded()).isNotEqualTo(new byte[32]);
        key.close();
        assertThat(key.encoded()).isEqualTo(new byte[32]);
    }

    @Test
    void whatLeavesTheCacheIsOverwritten() throws Exception {
        KeyCache small = new KeyCache(1, Duration.ofMinutes(1), nanos::get);
        List<DataKey> held = new ArrayList<>();
        for (String subject : List.of("pushed-out", "replaced", "replaced")) {
            small.put(subject, 1, key(), 0);
            held.add(held(small, subject));
        }
        small.put("of-another-version", 1, key(), 0);
        held.add(held(small, "of-another-version"));
        small.confirm("of-another-version", 2, 0);
        small.put("old", 1, key(), 0);
        held.add(held(small, "old"));
        advance(Duration.ofMinutes(2));
        assertThat(small.toConfirm()).isEmpty();
        small.put("last", 1, key(), 0);
        held.add(held(small, "last"));
        small.close();

        assertThat(held).hasSize(6).allSatisfy(key -> assertThat(key.encoded()).containsOnly(0));
    }

    /** The cache's own copy, which it never hands out. */
    private static DataKey held(KeyCache cache, String subject) throws ReflectiveOperationException {
        Field entries = KeyCache.class.getDeclaredField("entries");
        entries.setAccessible(true);
        Object entry = ((Map<?, ?>) entries.get(cache)).get(subject);
        Field key = entry.getClass().getDeclaredField("key");
        key.setAccessible(true);
        DataKey held = (DataKey) key.get(entry);
        assertThat(held.encoded()).isNotEqualTo(new byte[32]);
        return held;
    }

    @Test
    void keysLeaveTheMemoryOfEveryNodeWithoutBeingUsed() {
        KeyTree tree = new KeyTree("test", (StoreAccess) store);
        try (CacheKeeper keeper = new CacheKeeper("test", tree, cache)) {
            Registration changes = tree.changes(() -> {
                cache.changed();
                keeper.look();
            });
            keeper.start();
            sealed("s-1", "mine");
            sealed("s-2", "yours");
            long epoch = cache.epoch();
            cache.put("s-1", 1, key(), epoch);
            cache.put("s-2", 1, key(), epoch);

            erasure.erase("s-1");
            await().until(() -> !cache.has("s-1"));
            assertThat(cache.has("s-2")).isTrue();

            advance(Duration.ofMinutes(2));
            await().until(() -> !cache.has("s-2"));
            changes.close();
        }
    }

    @Test
    void keysLeaveTheMemoryWhenTheStoreIsClosed() {
        KeyTree tree = new KeyTree("test", (StoreAccess) store);
        try (CacheKeeper keeper = new CacheKeeper("test", tree, cache)) {
            cache.put("s-1", 1, key(), cache.epoch());
            cache.changed();
            store.close();
            keeper.start();

            await().until(() -> !cache.has("s-1"));
        }
    }

    @Test
    void theThreadEndsWithTheStore() {
        assertThat(threads()).contains("esdb-erasure-test");

        store.close();

        await().until(() -> !threads().contains("esdb-erasure-test"));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(60, TimeUnit.SECONDS).pollInterval(5, TimeUnit.MILLISECONDS);
    }
}
