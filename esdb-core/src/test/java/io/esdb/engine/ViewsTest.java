package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.format.Progress;
import io.esdb.machine.Counters;
import io.esdb.machine.Settings;
import io.esdb.spi.Branch;
import io.esdb.spi.LogIndex;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.WriteBatch;
import io.esdb.spi.WriteMode;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The progress of a view is that of its moment, known or asked for. */
class ViewsTest {
    private static final Settings SETTINGS = Entries.create().settings();

    private final Storage storage = new MemoryStorageProvider().open(Path.of("views"), WriteMode.SYNC);

    @Test
    void what_is_known_is_not_asked_for() {
        Views views = new Views(storage);
        Progress known = commit(1);
        views.reached(known);

        try (StoreView view = views.view(SETTINGS)) {
            assertThat(view.progress()).isSameAs(known);
        }
    }

    @Test
    void the_view_is_asked_while_something_changes() {
        Views views = new Views(storage);
        views.reached(commit(1));
        views.changing();
        commit(2);

        assertThat(nextPosition(views)).isEqualTo(2);
    }

    @Test
    void the_view_is_asked_if_a_commit_began_while_it_was_made() {
        for (boolean ends : new boolean[] {false, true}) {
            Views[] views = new Views[1];
            views[0] = new Views(beforeView(() -> {
                views[0].changing();
                Progress next = commit(3);
                if (ends) {
                    views[0].reached(next);
                }
            }));
            views[0].reached(commit(2));

            assertThat(nextPosition(views[0])).isEqualTo(3);
        }
    }

    @Test
    void a_view_whose_progress_cannot_be_read_is_given_back() {
        AtomicInteger closed = new AtomicInteger();
        Storage broken = beforeView(() -> {
            throw new StorageException(StorageException.Kind.IO, "no view", null);
        });
        ReadView view = (ReadView) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ReadView.class}, (proxy, method, args) -> {
                    if (method.getName().equals("close")) {
                        closed.incrementAndGet();
                        return null;
                    }
                    throw new StorageException(StorageException.Kind.CORRUPT, "no progress", null);
                });

        assertThatThrownBy(() -> new Views(broken).view(SETTINGS)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> StoreView.of(view, SETTINGS, null)).hasMessage("no progress");
        assertThat(closed).hasValue(1);
    }

    @Test
    void views_agree_with_their_progress_however_commits_fall() throws InterruptedException {
        StateMachine machine = new StateMachine("views", storage);
        machine.apply(Entries.from(0, Entries.create()));
        Thread writer = new Thread(() -> {
            for (int i = 1; i <= 2_000; i++) {
                machine.apply(Entries.from(i, Entries.append("s")));
            }
        });
        writer.start();
        long last = 0;
        do {
            try (StoreView view = machine.view(SETTINGS)) {
                Progress stored = Progress.decode(view.view().get(Branch.META, Progress.key()));
                assertThat(view.progress().applied()).isEqualTo(stored.applied());
                assertThat(view.progress().counters()).isEqualTo(stored.counters());
                assertThat(view.lastPosition()).isGreaterThanOrEqualTo(last - 1);
                last = view.lastPosition() + 1;
            }
        } while (last < 2_000 && writer.isAlive());
        writer.join();
        assertThat(machine.applied().index()).isEqualTo(2_000);
    }

    private static long nextPosition(Views views) {
        try (StoreView view = views.view(SETTINGS)) {
            return view.progress().counters().nextPosition();
        }
    }

    private Progress commit(long nextPosition) {
        Progress progress = new Progress(
                new LogIndex(1, nextPosition),
                new Counters(1, nextPosition, 0, 0, 0),
                Progress.none().digest());
        WriteBatch batch = new WriteBatch();
        batch.put(Branch.META, Progress.key(), progress.encode());
        storage.commit(batch);
        return progress;
    }

    private Storage beforeView(Runnable action) {
        return (Storage) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, args) -> {
                    action.run();
                    return storage.view();
                });
    }
}
