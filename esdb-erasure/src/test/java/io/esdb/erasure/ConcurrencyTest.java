package io.esdb.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.RecordedEvent;
import io.esdb.erasure.SubjectStatus.State;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.Documents;
import io.esdb.spi.StoreAccess;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest extends ErasureFixture {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private <T> List<T> all(List<Callable<T>> calls) throws Exception {
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<T> call : calls) {
            futures.add(threads.submit(call));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(1, TimeUnit.MINUTES));
        }
        return results;
    }

    @Test
    void nodesThatMakeASubjectsKeyAtOnceAgreeOnOne() throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        provider.beforeWrap = () -> {
            try {
                together.await(1, TimeUnit.MINUTES);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        List<Callable<EventData>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Erasure node = erasure();
            EventData event = event("of node " + i);
            calls.add(() -> node.seal("s-1", event));
        }

        List<EventData> sealed = all(calls);

        assertThat(provider.wraps).as("keys made").hasValue(3);
        Erasure fresh = erasure();
        for (int i = 0; i < 3; i++) {
            assertThat(text(fresh.opened(append(sealed.get(i))))).contains("of node " + i);
        }
    }

    @Test
    void nothingOpensOnceItIsErasedWhoeverSealsMeanwhile() throws Exception {
        List<Callable<List<EventData>>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Erasure node = erasure();
            calls.add(() -> sealUntilErased(node));
        }
        calls.add(() -> {
            erasure.seal("s-1", event("first"));
            erasure.erase("s-1");
            return List.of();
        });

        for (List<EventData> sealed : all(calls)) {
            for (EventData event : sealed) {
                assertThat(erasure.open(append(event))).isInstanceOf(Opened.Erased.class);
            }
        }
        assertThat(erasure.status("s-1").map(SubjectStatus::state)).contains(State.ERASED);
    }

    /** The last few. */
    private static List<EventData> sealUntilErased(Erasure node) {
        List<EventData> sealed = new ArrayList<>();
        while (true) {
            try {
                EventData next = node.seal("s-1", event("x"));
                if (sealed.size() == 20) {
                    sealed.remove(0);
                }
                sealed.add(next);
            } catch (SubjectErased e) {
                return sealed;
            }
        }
    }

    @Test
    void erasingFromManyThreadsErasesOnce() throws Exception {
        RecordedEvent mine = sealed("s-1", "mine");
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Erasure node = erasure();
            calls.add(() -> node.erase("s-1"));
        }

        assertThat(all(calls)).containsExactlyInAnyOrder(true, false, false, false);
        assertThat(erasure.open(mine)).isInstanceOf(Opened.Erased.class);
    }

    @Test
    void rewrappingNeverBringsAnErasedSubjectBack() throws Exception {
        for (int i = 0; i < 20; i++) {
            String subject = "s-" + i;
            RecordedEvent mine = sealed(subject, "mine");
            Erasure elsewhere = erasure();
            Callable<Boolean> rewrap = () -> {
                try {
                    return elsewhere.rewrap(subject);
                } catch (SubjectErased e) {
                    return true;
                }
            };
            assertThat(all(List.of(rewrap, () -> erasure.erase(subject), rewrap)))
                    .containsOnly(true);
            assertThat(erasure.status(subject).map(SubjectStatus::state)).contains(State.ERASED);
            assertThat(elsewhere.open(mine)).isInstanceOf(Opened.Erased.class);
        }
    }

    @Test
    void keysThatMakeRoomAllTheTimeAreNotOverwrittenInUse() throws Exception {
        Erasure small = erasure(ErasureOptions.defaults().withKeys(1));
        List<RecordedEvent> events = List.of(sealed("s-1", "text"), sealed("s-2", "text"), sealed("s-3", "text"));
        AtomicBoolean changing = new AtomicBoolean(true);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            calls.add(() -> {
                for (int i = 0; i < 200; i++) {
                    assertThat(text(small.opened(events.get(i % 3)))).contains("text");
                }
                changing.set(false);
                return 0;
            });
        }
        calls.add(() -> {
            int made = 0;
            while (changing.get()) {
                erasure.seal("other-" + made++, event("x"));
            }
            return made;
        });

        assertThat(all(calls)).hasSize(5);
    }

    @Test
    void aNodeThatIsBehindCatchesUpBeforeItSaysThatThereIsNoKey() {
        RecordedEvent mine = sealed("s-1", "mine");
        AtomicBoolean behind = new AtomicBoolean(true);
        try (Erasure late = Erasure.on(untilBarrier(behind), provider)) {
            assertThat(text(late.opened(mine))).contains("mine");
        }
        assertThat(behind).isFalse();
    }

    /** The same store, in which no document is found before a barrier. */
    private EventStore untilBarrier(AtomicBoolean behind) {
        Class<?>[] all = {EventStore.class, StoreAccess.class, Documents.class};
        return (EventStore) Proxy.newProxyInstance(getClass().getClassLoader(), all, (proxy, method, arguments) -> {
            String name = method.getName();
            if (name.equals("documents")) {
                return proxy;
            }
            if (name.equals("get") && arguments[0] instanceof DocumentKey && behind.get()) {
                return Optional.empty();
            }
            behind.set(behind.get() && !name.equals("barrier"));
            boolean documents = method.getDeclaringClass() == Documents.class;
            return method.invoke(documents ? ((StoreAccess) store).documents() : store, arguments);
        });
    }
}
