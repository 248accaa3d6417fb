package io.esdb.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.projections.ProjectionStatus.State;
import io.esdb.spi.StorageException.Kind;
import io.esdb.subscriptions.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Functions that fail, block, or misbehave; disks that fail. */
class FailureTest extends ProjectionFixture {
    private final AtomicBoolean broken = new AtomicBoolean(true);

    private Projection<Long> failingAt(long amount, OnFailure onFailure) {
        return Projection.keyed(
                        "sums",
                        1,
                        Selector.types("Added"),
                        StateCodec.number(),
                        event -> event.stream(),
                        (sum, event) -> {
                            if (amount(event) == amount && broken.get()) {
                                throw new IllegalStateException("no " + amount);
                            }
                            return (sum == null ? 0 : sum) + amount(event);
                        })
                .withOptions(QUICK.withOnFailure(onFailure));
    }

    @Test
    void aFunctionThatFailsIsTriedAgainUntilItDoesNot() {
        projections.define(failingAt(3, OnFailure.RETRY));
        long last = add("a", 1, 2, 3, 4);
        awaitState("sums", State.RETRYING);

        assertThat(sum("sums", "a")).isEqualTo(3);
        assertThat(current("sums").failure())
                .isEqualTo(new ProjectionFailure(2, "java.lang.IllegalStateException: no 3", false));
        assertThat(current("sums").place()).isEqualTo(1);
        broken.set(false);
        projections.await("sums", last, LONG);

        assertThat(sum("sums", "a")).isEqualTo(10);
        assertThat(current("sums").failure()).isNull();
        assertThat(current("sums").events()).isEqualTo(4);
        awaitState("sums", State.LIVE);
    }

    @Test
    void aFunctionThatFailsStopsTheProjectionIfThatIsAskedFor() {
        projections.define(failingAt(3, OnFailure.STOP));
        long last = add("a", 1, 2, 3, 4);
        awaitState("sums", State.STOPPED);

        assertThat(sum("sums", "a")).isEqualTo(3);
        assertThat(current("sums").reason()).isEqualTo("java.lang.IllegalStateException: no 3");
        assertThatThrownBy(() -> projections.await("sums", last, LONG))
                .isInstanceOfSatisfying(
                        ProjectionStopped.class, e -> assertThat(e.reason()).contains("no 3"));
        crashAndReopen();
        projections.define(failingAt(3, OnFailure.STOP));
        assertThat(current("sums").state()).isEqualTo(State.STOPPED);
        broken.set(false);
        projections.start("sums");
        projections.await("sums", last, LONG);

        assertThat(sum("sums", "a")).isEqualTo(10);
    }

    @Test
    void whatAnEventDidBeforeItsFunctionFailedDoesNotCount() {
        projections.define(Projection.of("half", 1, Selector.all(), StateCodec.number(), (event, effects) -> {
                    Long before = effects.state("n");
                    effects.put("n", (before == null ? 0 : before) + 1);
                    effects.emit("out", EventData.bytes("Out", new byte[0]));
                    if (broken.getAndSet(false)) {
                        throw new StackOverflowError("on purpose");
                    }
                })
                .withOptions(QUICK));
        projections.await("half", add("a", 1, 1), LONG);

        assertThat(projections.get("half", "n", StateCodec.number())).contains(2L);
        assertThat(stream("out")).hasSize(2);
    }

    @Test
    void effectsAreOfNoUseAfterTheCall() throws Exception {
        AtomicReference<Effects<Long>> kept = new AtomicReference<>();
        projections.define(
                Projection.of("kept", 1, Selector.all(), StateCodec.number(), (event, effects) -> kept.set(effects)));
        projections.await("kept", add("a", 1), LONG);

        assertThatThrownBy(() -> kept.get().put("x", 1L)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> kept.get().state("x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> kept.get().link("x")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFunctionThatBlocksIsSeenAndHoldsUpNobody() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        projections.define(
                Projection.emitting("blocks", 1, Selector.all(), (event, effects) -> gate.await()), sums("sums", 1));
        long last = add("a", 1);
        projections.await("sums", last, LONG);
        await().untilAsserted(() -> assertThat(current("blocks").busy()).isPositive());
        gate.countDown();
        projections.await("blocks", last, LONG);

        assertThat(current("blocks").busy()).isZero();
    }

    @Test
    void aFunctionThatBlocksForEverIsInterruptedByClose() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        projections.define(Projection.emitting("blocks", 1, Selector.all(), (event, effects) -> {
            begun.countDown();
            new CountDownLatch(1).await();
        }));
        add("a", 1);
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        projections.close();

        await().untilAsserted(() -> assertThat(threads()).noneMatch(name -> name.contains("projection")));
    }

    @Test
    void aFunctionMayCallBack() {
        projections.define(
                sums("sums", 1), Projection.emitting("calls", 1, Selector.types("Added"), (event, effects) -> {
                    projections.await("sums", event.position(), LONG);
                    store.append("mine", ExpectedRevision.any(), EventData.bytes("Mine", new byte[0]));
                    projections.pause("calls");
                }));
        add("a", 1);
        awaitState("calls", State.PAUSED);

        assertThat(stream("mine")).isNotEmpty();
    }

    @Test
    void aFunctionMayCloseTheProjections() {
        projections.define(Projection.emitting("closes", 1, Selector.all(), (event, effects) -> projections.close()));
        add("a", 1);

        await().untilAsserted(() -> assertThat(threads()).noneMatch(name -> name.contains("projection")));
    }

    @Test
    void aStateThatCannotBeWrittenOrReadIsTheFailureOfItsEvent() {
        StateCodec<Long> picky = StateCodec.of(
                number -> {
                    if (number == 10 && broken.get()) {
                        throw new java.io.IOException("no 10");
                    }
                    return StateCodec.number().encode(number);
                },
                StateCodec.number()::decode);
        projections.define(Projection.keyed(
                        "sums",
                        1,
                        Selector.all(),
                        picky,
                        event -> "k",
                        (sum, event) -> (sum == null ? 0 : sum) + amount(event))
                .withOptions(QUICK));
        long last = add("a", 1, 2, 3, 4);
        awaitState("sums", State.RETRYING);

        assertThat(current("sums").failure()).satisfies(failure -> {
            assertThat(failure.position()).isEqualTo(3);
            assertThat(failure.reason()).contains("no 10");
        });
        broken.set(false);
        projections.await("sums", last, LONG);
        assertThat(sum("sums", "k")).isEqualTo(10);
    }

    @Test
    void statesThatAreTooLargeFailAndMoreThanFitTogetherDoNot() {
        byte[] most = new byte[Projection.MOST_STATE_BYTES];
        projections.define(Projection.of(
                        "large",
                        1,
                        Selector.types("Added"),
                        StateCodec.bytes(),
                        (event, effects) ->
                                effects.put(text(event), amount(event) == 80 ? new byte[most.length + 1] : most))
                .withOptions(QUICK.withOnFailure(OnFailure.STOP)));
        long[] amounts = new long[90];
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] = i;
        }
        add("a", amounts);
        awaitState("large", State.STOPPED);

        assertThat(current("large").failure().position()).isEqualTo(80);
        assertThat(current("large").reason()).contains("projectionStateBytes");
        assertThat(current("large").events()).isEqualTo(80);
        List<StatePage.Entry> found = new ArrayList<>();
        String after = null;
        do {
            StatePage page = projections.list("large", "", after, 100);
            found.addAll(page.entries());
            after = page.next();
        } while (after != null);
        assertThat(found).hasSize(80).allMatch(entry -> entry.value().length == most.length);
    }

    @Test
    void tooManyEffectsOfOneEventAreItsFailure() {
        projections.define(Projection.emitting("many", 1, Selector.all(), (event, effects) -> {
                    for (int i = 0; i <= Projection.MOST_EFFECTS; i++) {
                        effects.link("out");
                    }
                })
                .withOptions(QUICK));
        add("a", 1);
        awaitState("many", State.RETRYING);

        assertThat(current("many").reason()).contains("projectionEvents");
    }

    @Test
    void keysMayBeAnythingThatIsUnicode() {
        List<String> keys = List.of("", "\0", "a/b", "ü\uD83D\uDE00", "k".repeat(Projection.MOST_KEY_BYTES), "\n");
        projections.define(
                Projection.<Long>of(
                                "k",
                                1,
                                Selector.all(),
                                StateCodec.number(),
                                (event, effects) -> keys.forEach(key -> effects.put(key, 1L)))
                        .withOptions(QUICK),
                Projection.keyed("bad", 1, Selector.all(), StateCodec.number(), event -> "\uD800", (sum, event) -> 1L)
                        .withOptions(QUICK));
        projections.await("k", add("a", 1), LONG);
        awaitState("bad", State.RETRYING);

        assertThat(projections.list("k", "", null, 100).entries())
                .extracting(StatePage.Entry::key)
                .containsExactlyInAnyOrderElementsOf(keys);
        keys.forEach(key -> assertThat(projections.get("k", key)).isPresent());
        assertThat(current("bad").reason()).contains("surrogate");
    }

    @Test
    void aFullDiskHoldsItUpUntilThereIsRoom() {
        projections.define(sums("sums", 1));
        projections.await("sums", add("a", 1), LONG);
        for (int i = 0; i < 3; i++) {
            provider.failCommits(ROOT, Kind.FULL);
            assertThatThrownBy(() -> add("a", 1)).isNotNull();
            provider.heal(ROOT);
        }
        await().ignoreExceptions().until(() -> add("a", 1) > 0);
        await().untilAsserted(() -> assertThat(sums("sums")).isEqualTo(naiveSums()));
    }

    @Test
    void aFailureThatIsFollowedByAStopIsNotLost() {
        projections.define(failingAt(2, OnFailure.RETRY));
        add("a", 1, 2, 3);
        awaitState("sums", State.RETRYING);
        projections.stop("sums", "being looked at");
        awaitState("sums", State.STOPPED);

        assertThat(current("sums").reason()).isEqualTo("being looked at");
        assertThat(current("sums").failure().position()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(threads()).noneMatch(name -> name.endsWith("-sums")));
        broken.set(false);
        projections.start("sums");
        projections.await("sums", 2, LONG);
        assertThat(sum("sums", "a")).isEqualTo(6);
    }

    @Test
    void namesAreChecked() {
        for (String name : new String[] {"", "a\0b", "a\nb", "x".repeat(101), "\uDC00", null}) {
            assertThatThrownBy(() -> sums(name, 1)).as("name %s", name).isInstanceOf(io.esdb.EsdbException.class);
            assertThatThrownBy(() -> projections.pause(name)).isInstanceOf(io.esdb.EsdbException.class);
        }
        assertThatThrownBy(() -> sums("a", 0)).isInstanceOf(io.esdb.InvalidInput.class);
        String longest = "ü".repeat(50);
        projections.define(sums(longest, Integer.MAX_VALUE));
        projections.await(longest, add("a", 1), LONG);
        assertThat(sum(longest, "a")).isEqualTo(1);
    }
}
