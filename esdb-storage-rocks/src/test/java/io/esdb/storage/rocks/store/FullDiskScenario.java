package io.esdb.storage.rocks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EsdbException;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a store does when its disk takes no more: it says so, goes on reading, and writes again once there is room. */
abstract class FullDiskScenario {
    private static final Duration TO_FAIL = Duration.ofSeconds(5);
    private static final Duration TO_RECOVER = Duration.ofSeconds(30);
    private static final int EVENT_BYTES = 40_000;

    private final Random random = new Random(1);
    private final Map<AppendRequest, AppendResult> acknowledged = new LinkedHashMap<>();
    private final List<AppendRequest> uncertain = new ArrayList<>();
    private final List<AppendRequest> refused = new ArrayList<>();

    abstract EventStore store();

    /** From now on the disk takes no more. */
    abstract void fill() throws IOException;

    /** There is room again. */
    abstract void free() throws IOException;

    @Test
    void aFullDiskRefusesWritesUntilThereIsRoom() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(append()).isNull();
        }
        for (int round = 0; round < 2; round++) {
            appendUntilRefused();
            checkLog();
            assertThat(appendManyAtOnce()).hasOnlyElementsOfType(StoreUnavailable.class);
            free();
            await().atMost(TO_RECOVER).until(() -> append() == null);
            resolve();
            checkLog();
        }
        assertThat(store().verify().problems()).isEmpty();
    }

    /** How the append failed; null if it did not. */
    private EsdbException append() throws Exception {
        AppendRequest request = request();
        CompletableFuture<AppendResult> answer = CompletableFuture.supplyAsync(() -> store().append(request));
        Throwable failure = catchThrowable(() -> answer.get(TO_FAIL.toSeconds(), TimeUnit.SECONDS));
        if (failure == null) {
            acknowledged.put(request, answer.join());
            return null;
        }
        assertThat(failure.getCause()).as("" + failure).isInstanceOf(EsdbException.class);
        (failure.getCause() instanceof IndeterminateAppend ? uncertain : refused).add(request);
        return (EsdbException) failure.getCause();
    }

    /** A store makes room for itself now and then, so the disk is filled up again and again. */
    private void appendUntilRefused() throws Exception {
        EsdbException failure = null;
        for (int i = 0; !(failure instanceof StoreUnavailable); i++) {
            assertThat(i).as("appends to a full disk").isLessThan(10_000);
            fill();
            failure = append();
        }
        assertThat(uncertain).as("one append met the full disk").isNotEmpty();
    }

    private List<EsdbException> appendManyAtOnce() {
        List<CompletableFuture<EsdbException>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            AppendRequest request = request();
            refused.add(request);
            attempts.add(store().appendAsync(request)
                    .handle((result, failure) -> (EsdbException) failure)
                    .toCompletableFuture());
        }
        return attempts.stream()
                .map(attempt ->
                        attempt.orTimeout(TO_FAIL.toSeconds(), TimeUnit.SECONDS).join())
                .toList();
    }

    /** Retries make certain what became of the uncertain, and write what was refused. */
    private void resolve() {
        for (AppendRequest request : refused) {
            assertThat(store().event(idOf(request))).as("what was refused").isEmpty();
        }
        Map<AppendRequest, Long> written = new HashMap<>();
        uncertain.forEach(
                request -> store().event(idOf(request)).ifPresent(event -> written.put(request, event.position())));
        for (AppendRequest request : uncertain) {
            AppendResult result = store().append(request);
            assertThat(result.firstPosition()).isEqualTo(written.getOrDefault(request, result.firstPosition()));
            acknowledged.put(request, result);
        }
        refused.forEach(request -> acknowledged.put(request, store().append(request)));
        uncertain.clear();
        refused.clear();
    }

    /** Everything acknowledged is there once, and besides it only what is uncertain. */
    private void checkLog() {
        Map<UUID, RecordedEvent> found = new HashMap<>();
        Pages.stream(store(), LogRead.forward()).forEach(event -> {
            assertThat(event.position()).isEqualTo(found.size());
            assertThat(found.put(event.id(), event)).isNull();
        });
        acknowledged.forEach((request, result) -> {
            RecordedEvent event = found.remove(idOf(request));
            assertThat(event).as("acknowledged: " + result).isNotNull();
            assertThat(event.position()).isEqualTo(result.firstPosition());
            assertThat(event.data())
                    .isEqualTo(request.streams().get(0).events().get(0).data());
        });
        assertThat(uncertain.stream().map(FullDiskScenario::idOf).toList()).containsAll(found.keySet());
    }

    private AppendRequest request() {
        byte[] data = new byte[EVENT_BYTES];
        random.nextBytes(data);
        return AppendRequest.to("filling", ExpectedRevision.any(), EventData.bytes("Filled", data));
    }

    private static UUID idOf(AppendRequest request) {
        return request.streams().get(0).events().get(0).id();
    }
}
