package io.esdb.storage.rocks.store;

import io.esdb.AppendRequest;
import io.esdb.EsdbException;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.Query;
import io.esdb.RecordedEvent;
import io.esdb.StoreClosed;
import io.esdb.StreamRead;
import io.esdb.host.EventStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Takes the store away while eight threads use it in all ways, again and again, and reports what went wrong. */
final class ClosingChild {
    private static final int USERS = 8;
    private static final Setup SETUP = Setup.INTERVAL_SMALL_BUFFERS;

    private final Path root;
    private final Reports reports;
    private final Random random;
    private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();

    private ClosingChild(Path root, Reports reports, Random random) {
        this.root = root;
        this.reports = reports;
        this.random = random;
    }

    /** @param arguments root folder, rounds, seed */
    public static void main(String[] arguments) throws Exception {
        Random random = new Random(Long.parseLong(arguments[2]));
        ClosingChild child = new ClosingChild(Path.of(arguments[0]), Reports.take(), random);
        for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
            child.round(round);
        }
        child.reports.tell("done " + child.acknowledged.size());
    }

    private void round(int round) throws IOException, InterruptedException {
        EventStores stores = SETUP.open(root);
        EventStore store = SETUP.openStore(stores);
        checkAcknowledged(store);
        CountDownLatch busy = new CountDownLatch(2 * USERS);
        List<CompletableFuture<Void>> users = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            users.add(started("user-" + i, user(store, i, round, busy)));
        }
        busy.await();
        List<CompletableFuture<Void>> closers = close(stores, store, round);
        closers.forEach(CompletableFuture::join);
        users.forEach(CompletableFuture::join);
        stores.close();
        Folders.delete(root.resolveSibling("backups"));
    }

    /** Several at once, each in a way of its own. */
    private List<CompletableFuture<Void>> close(EventStores stores, EventStore store, int round) {
        List<CompletableFuture<Void>> closers = new ArrayList<>();
        switch (round % 4) {
            case 0 -> closers.add(started("closer", store::close));
            case 1 -> {
                for (int i = 0; i < 3; i++) {
                    closers.add(started("closer", store::close));
                    closers.add(started("closer", stores::close));
                }
            }
            case 2 -> closers.add(closeInCallback(store, store::close));
            default -> {
                if (random.nextBoolean()) {
                    closers.add(closeInCallback(store, stores::close));
                } else {
                    stores.drop(Setup.STORE);
                    acknowledged.clear();
                }
            }
        }
        return closers;
    }

    private CompletableFuture<Void> closeInCallback(EventStore store, Runnable close) {
        return store.appendAsync(request("closing"))
                .thenAccept(result -> close.run())
                .toCompletableFuture();
    }

    private Runnable user(EventStore store, int index, int round, CountDownLatch busy) {
        Path backups = root.resolveSibling("backups");
        return switch (index) {
            case 0, 1 -> using(busy, i -> append(store));
            case 2 -> using(busy, i -> appendAsync(store));
            case 3 -> using(busy, i -> store.read(StreamRead.backward("busy")).events());
            case 4 -> using(busy, i -> walk(store));
            case 5 -> using(busy, i -> store.verify());
            case 6 -> using(busy, i -> store.backup(backups.resolve(round + "-" + i)));
            default -> using(busy, i -> lookAround(store, i));
        };
    }

    /** Until the store is closed; every other failure is reported. */
    private Runnable using(CountDownLatch busy, Use use) {
        return () -> {
            for (int i = 0; true; i++) {
                try {
                    use.use(i);
                } catch (StoreClosed closed) {
                    return;
                } catch (RuntimeException | Error e) {
                    reports.tell("WRONG " + Thread.currentThread().getName() + " got " + e + " of " + e.getCause());
                    return;
                } finally {
                    busy.countDown();
                }
            }
        };
    }

    private void append(EventStore store) {
        AppendRequest request = request("busy");
        store.append(request);
        acknowledged.add(idOf(request));
    }

    private void appendAsync(EventStore store) {
        AppendRequest request = request("busy-async");
        store.appendAsync(request)
                .thenAccept(result -> acknowledged.add(idOf(request)))
                .exceptionally(failure -> {
                    if (!(failure.getCause() instanceof EsdbException)) {
                        reports.tell("WRONG asynchronous failure " + failure);
                    }
                    return null;
                })
                .toCompletableFuture()
                .join();
        store.statistics();
    }

    private void walk(EventStore store) {
        long next = 0;
        for (RecordedEvent event : Pages.iterate(store, LogRead.forward().limit(50))) {
            if (event.position() != next++) {
                reports.tell("WRONG " + event + " where position " + (next - 1) + " should be");
            }
        }
    }

    private static void lookAround(EventStore store, int i) {
        store.statistics();
        store.event(new UUID(0, i));
        store.streams("", "", 100);
        store.read(LogRead.backward().matching(Query.tags("of")).limit(20));
        store.sweep();
        store.force();
    }

    private void checkAcknowledged(EventStore store) {
        Set<UUID> found = ConcurrentHashMap.newKeySet();
        Pages.stream(store, LogRead.forward()).map(RecordedEvent::id).forEach(found::add);
        if (!found.containsAll(acknowledged)) {
            reports.tell("WRONG: acknowledged events are missing");
        }
    }

    private static AppendRequest request(String stream) {
        return AppendRequest.to(
                stream,
                ExpectedRevision.any(),
                EventData.bytes("Used", new byte[300]).withTags("of"));
    }

    private static UUID idOf(AppendRequest request) {
        return request.streams().get(0).events().get(0).id();
    }

    private static CompletableFuture<Void> started(String name, Runnable work) {
        return CompletableFuture.runAsync(work, task -> new Thread(task, name).start());
    }

    private interface Use {
        void use(int i);
    }
}
