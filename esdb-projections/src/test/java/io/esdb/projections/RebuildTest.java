package io.esdb.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import io.esdb.RecordedEvent;
import io.esdb.projections.ProjectionStatus.State;
import io.esdb.projections.ProjectionStatus.Version;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.StoreAccess;
import io.esdb.subscriptions.Selector;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A new version is built beside the one that is read, and takes its place. */
class RebuildTest extends ProjectionFixture {
    private final CountDownLatch gate = new CountDownLatch(1);

    /** Counts tenfold, and waits for the gate at the first event. */
    private Projection<Long> tenfold(int version) {
        return Projection.keyed(
                        "sums",
                        version,
                        Selector.types("Added"),
                        StateCodec.number(),
                        RecordedEvent::stream,
                        (sum, event) -> {
                            gate.await();
                            return (sum == null ? 0 : sum) + 10 * amount(event);
                        })
                .withOptions(QUICK);
    }

    private int documents() {
        return ((StoreAccess) store)
                .documents()
                .list(DocumentScan.forward(Branch.PROJECTIONS, new byte[0], 10_000))
                .entries()
                .size();
    }

    @Test
    void theOldVersionIsReadUntilTheNewOneHasCaughtUp() {
        projections.define(sums("sums", 1));
        for (int i = 0; i < 20; i++) {
            add("a" + i, i);
        }
        projections.await("sums", 19, LONG);
        projections.define(tenfold(2));
        projections.rebuild("sums", 2);
        projections.rebuild("sums", 2);
        await().until(() -> projections.status("sums").versions().size() == 2);
        projections.await("sums", add("a1", 5), LONG);

        assertThat(sum("sums", "a1")).isEqualTo(6);
        assertThat(projections.status("sums").active()).isEqualTo(1);
        gate.countDown();
        await().until(() -> projections.status("sums").active() == 2);

        assertThat(sum("sums", "a1")).isEqualTo(60);
        assertThat(sums("sums")).hasSize(20);
        projections.await("sums", add("a1", 1), LONG);
        assertThat(sum("sums", "a1")).isEqualTo(70);
        await().untilAsserted(() -> assertThat(documents()).isEqualTo(22)); // states, control, place
        assertThat(projections.status("sums").versions())
                .extracting(Version::version)
                .containsExactly(2);
        projections.rebuild("sums", 2);
        assertThatThrownBy(() -> projections.rebuild("sums", 1)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void readersNeverGoBackWhileTheSwitchHappensUnderAppends() throws Exception {
        gate.countDown();
        projections.define(sums("sums", 1), tenfold(2));
        projections.stop("sums", "so that both are there first");
        crashAndReopen();
        projections.define(sums("sums", 1));
        projections.start("sums");
        add("a", 1);
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Throwable> wrong = new AtomicReference<>();
        Thread client = new Thread(() -> {
            try {
                long total = 1;
                while (!over.get()) {
                    projections.await("sums", add("a", 1), LONG);
                    total++;
                    assertThat(sum("sums", "a")).isIn(total, 10 * total);
                }
            } catch (Throwable e) {
                wrong.set(e);
            }
        });
        client.start();
        for (int version = 3; version <= 6; version++) {
            int next = version;
            projections.define(tenfold(next));
            projections.rebuild("sums", next);
            await().until(() -> projections.status("sums").active() == next);
        }
        over.set(true);
        client.join(LONG.toMillis());

        assertThat(wrong.get()).isNull();
        await().untilAsserted(() -> assertThat(documents()).isEqualTo(3));
    }

    @Test
    void aVersionThatNobodyDefinedWaitsForItsCodeAndCanBeReplaced() {
        projections.define(sums("sums", 1));
        projections.await("sums", add("a", 1), LONG);
        crashAndReopen();
        gate.countDown();
        projections.define(tenfold(2));
        assertThat(sum("sums", "a")).isEqualTo(1);
        assertThat(current("sums").state()).isEqualTo(State.WAITING);
        projections.rebuild("sums", 2);
        await().until(() -> projections.status("sums").active() == 2);

        assertThat(sum("sums", "a")).isEqualTo(10);
    }

    @Test
    void aRebuildSurvivesACrash() {
        projections.define(sums("sums", 1), tenfold(2));
        projections.stop("sums", "the higher version would run");
        crashAndReopen();
        gate.countDown();
        projections.define(sums("sums", 1), tenfold(2), tenfold(3));
        add("a", 1, 2);
        projections.start("sums");
        projections.rebuild("sums", 3);
        crashAndReopen();
        projections.define(tenfold(2), tenfold(3));
        await().until(() -> projections.status("sums").active() == 3);

        assertThat(sum("sums", "a")).isEqualTo(30);
    }

    @Test
    void aRebuildThatIsStoppedIsGivenUpAndItsStatesGo() {
        projections.define(sums("sums", 1));
        projections.await("sums", add("a", 1), LONG);
        projections.define(tenfold(2));
        projections.rebuild("sums", 2);
        await().until(() -> projections.status("sums").versions().size() == 2);
        projections.stop("sums", "no more");
        gate.countDown();

        assertThat(projections.status("sums").versions()).hasSize(1);
        assertThat(current("sums").state()).isEqualTo(State.STOPPED);
        assertThat(current("sums").reason()).isEqualTo("no more");
        projections.start("sums");
        projections.await("sums", add("a", 2), LONG);
        assertThat(sum("sums", "a")).isEqualTo(3);
        await().untilAsserted(() -> assertThat(documents()).isEqualTo(3));
        assertThatThrownBy(() -> projections.rebuild("sums", 2)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @EnumSource
    void aNewVersionTakesThePlaceOfOneWhoseFunctionFails(OnFailure onFailure) {
        projections.define(Projection.<Long>keyed(
                        "sums",
                        1,
                        Selector.types("Added"),
                        StateCodec.number(),
                        RecordedEvent::stream,
                        (sum, event) -> {
                            if (amount(event) == 3) {
                                throw new IllegalStateException("no 3");
                            }
                            return (sum == null ? 0 : sum) + amount(event);
                        })
                .withOptions(QUICK.withOnFailure(onFailure)));
        long last = add("a", 1, 2, 3, 4);
        awaitState("sums", onFailure == OnFailure.STOP ? State.STOPPED : State.RETRYING);

        projections.define(sums("sums", 2));
        projections.rebuild("sums", 2);

        await().until(() -> projections.status("sums").active() == 2);
        projections.await("sums", last, LONG);
        assertThat(sum("sums", "a")).isEqualTo(10);
        await().untilAsserted(() -> assertThat(documents()).isEqualTo(3));
    }

    @Test
    void aNewVersionThatFailsLeavesTheOldOneRunning() {
        projections.define(sums("sums", 1));
        projections.await("sums", add("a", 1), LONG);
        projections.define(Projection.emitting("sums", 2, Selector.all(), (event, effects) -> {
                    throw new IllegalStateException("never");
                })
                .withOptions(QUICK.withOnFailure(OnFailure.STOP)));
        projections.rebuild("sums", 2);
        await().until(() -> projections.status("sums").versions().size() == 2
                && projections.status("sums").versions().get(1).state() == State.STOPPED);
        projections.await("sums", add("a", 2), LONG);

        assertThat(sum("sums", "a")).isEqualTo(3);
        gate.countDown();
        projections.define(tenfold(3));
        projections.rebuild("sums", 3);
        await().until(() -> projections.status("sums").active() == 3);
        await().untilAsserted(() -> assertThat(documents()).isEqualTo(3));
    }
}
