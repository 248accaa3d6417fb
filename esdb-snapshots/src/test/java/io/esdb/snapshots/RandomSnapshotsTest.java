package io.esdb.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventStore;
import io.esdb.testkit.FreshEventStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random calls, and the same on a map; few names that are close to one another. */
@FreshEventStore
class RandomSnapshotsTest {
    private static final List<String> NAMES = List.of(
            "a",
            "a/b",
            "a/",
            "/",
            "ab",
            "b",
            "\u00e9",
            "\uffff",
            "\ud83d\ude00",
            "a\u0301",
            "-",
            "a b",
            "\ue000",
            "$a");
    private static final long LARGEST = Long.MAX_VALUE;

    private final NaiveSnapshots naive = new NaiveSnapshots();

    @Test
    void snapshotsAreWhatAMapWouldHold(EventStore store) {
        long seed = Long.getLong("snapshots.seed", System.nanoTime());
        Random random = new Random(seed);
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults());
        for (int step = 0; step < 1_500; step++) {
            change(snapshots, random);
            question(snapshots, random, "seed " + seed + ", step " + step);
        }
    }

    private void change(Snapshots snapshots, Random random) {
        SnapshotKey key = key(random);
        SnapshotContent content = content(random);
        int keep = 1 + random.nextInt(4);
        switch (random.nextInt(10)) {
            case 0 -> {
                snapshots.delete(key);
                naive.delete(key);
            }
            case 1 ->
                assertThat(snapshots.keepLast(key.source(), key.stream(), keep - 1))
                        .isEqualTo(naive.keepLast(key.source(), key.stream(), keep - 1));
            case 2, 3, 4 ->
                assertThat(snapshots.record(key, content, keep)).isEqualTo(naive.record(key, content, keep));
            default -> {
                snapshots.record(key, content);
                naive.record(key, content);
            }
        }
    }

    private void question(Snapshots snapshots, Random random, String at) {
        SnapshotKey key = key(random);
        SnapshotKey newest = new SnapshotKey(key.source(), key.stream(), LARGEST);
        assertThat(snapshots.read(key).map(Snapshot::content)).as(at).isEqualTo(naive.read(key));
        assertThat(snapshots.exists(key)).as(at).isEqualTo(naive.read(key).isPresent());
        assertThat(keyOf(snapshots.atOrBefore(key))).as(at).isEqualTo(naive.atOrBefore(key));
        assertThat(keyOf(snapshots.latest(key.source(), key.stream()))).as(at).isEqualTo(naive.atOrBefore(newest));
        int limit = 1 + random.nextInt(5);
        switch (random.nextInt(3)) {
            case 0 ->
                assertThat(pages(snapshots, SnapshotRead.all().limit(50), random))
                        .as(at)
                        .isEqualTo(naive.keys(any -> true));
            case 1 ->
                assertThat(pages(snapshots, SnapshotRead.of(key.source()).limit(limit), random))
                        .as(at)
                        .isEqualTo(naive.keys(any -> any.source().equals(key.source())));
            default ->
                assertThat(pages(
                                snapshots,
                                SnapshotRead.of(key.source(), key.stream()).limit(limit),
                                random))
                        .as(at)
                        .isEqualTo(naive.keys(any -> any.source().equals(key.source())
                                && any.stream().equals(key.stream())));
        }
    }

    /** The keys of all pages, read in a random direction and given in the order of the keys. */
    private static List<SnapshotKey> pages(Snapshots snapshots, SnapshotRead forward, Random random) {
        boolean backward = random.nextBoolean();
        SnapshotRead read = backward ? forward.backward() : forward;
        List<SnapshotKey> keys = new ArrayList<>();
        while (true) {
            SnapshotPage page = snapshots.list(read);
            assertThat(page.snapshots()).hasSizeLessThanOrEqualTo(read.limit());
            page.snapshots().forEach(snapshot -> keys.add(snapshot.key()));
            SnapshotKey next = page.next();
            if (next == null) {
                break;
            }
            read = read.from(next);
        }
        if (backward) {
            Collections.reverse(keys);
        }
        return keys;
    }

    private static Optional<SnapshotKey> keyOf(Optional<Snapshot> snapshot) {
        return snapshot.map(Snapshot::key);
    }

    private static SnapshotKey key(Random random) {
        long version = random.nextInt(20) == 0 ? LARGEST - random.nextInt(3) : random.nextInt(300) - random.nextInt(2);
        return new SnapshotKey(name(random), name(random), Math.max(0, version));
    }

    private static String name(Random random) {
        return NAMES.get(random.nextInt(4) > 0 ? random.nextInt(3) : random.nextInt(NAMES.size()));
    }

    private static SnapshotContent content(Random random) {
        byte[] data = new byte[random.nextInt(20)];
        random.nextBytes(data);
        return new SnapshotContent(name(random), 1 + random.nextInt(9), "application/" + name(random), data);
    }
}
