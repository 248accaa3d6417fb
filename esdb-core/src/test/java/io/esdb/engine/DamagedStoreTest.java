package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.StoreCorrupt;
import io.esdb.StoreTooNew;
import io.esdb.StreamRead;
import io.esdb.VerifyReport;
import io.esdb.format.IndexKeys;
import io.esdb.format.Progress;
import io.esdb.format.SettingsCodec;
import io.esdb.format.StreamCodec;
import io.esdb.format.StreamIndexKeys;
import io.esdb.host.EventStores;
import io.esdb.machine.Counters;
import io.esdb.spi.Branch;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.Storage;
import io.esdb.spi.WriteBatch;
import io.esdb.spi.WriteMode;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody changed behind a store's back is told, never passed over. */
class DamagedStoreTest {
    private static final Path ROOT = Path.of("damaged");
    private static final EventData FIRST =
            EventData.bytes("Happened", new byte[] {1}).withTags("x");

    private final MemoryStorageProvider provider = new MemoryStorageProvider();
    private final EventStores stores = EventStores.at(ROOT).storage(provider).open();

    @BeforeEach
    void fill() {
        try (EventStore store = stores.open("s")) {
            store.append("a", ExpectedRevision.any(), FIRST);
            store.append("b", ExpectedRevision.any(), EventData.bytes("Happened", new byte[] {2}));
            store.append("a", ExpectedRevision.any(), EventData.bytes("Happened", new byte[] {3}));
        }
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void an_undamaged_store_is_clean() {
        VerifyReport report = stores.open("s").verify();

        assertThat(report.isClean()).isTrue();
        assertThat(report.events()).isEqualTo(3);
        assertThat(report.streams()).isEqualTo(2);
    }

    @Test
    void a_changed_byte_in_an_event_is_found_by_whoever_reads_it() {
        damage(batch -> batch.event(1, new byte[60]));
        EventStore store = stores.open("s");

        assertThatThrownBy(() -> store.read(LogRead.forward())).isInstanceOf(StoreCorrupt.class);
        assertThatThrownBy(() -> store.read(StreamRead.forward("b"))).isInstanceOf(StoreCorrupt.class);
        assertThat(store.read(StreamRead.forward("a")).events()).hasSize(2);
        assertThat(store.verify().problems()).anyMatch(problem -> problem.contains("position 1"));
    }

    @Test
    void a_changed_last_event_is_found_when_the_store_is_opened() {
        damage(batch -> batch.event(2, new byte[60]));

        assertThatThrownBy(() -> stores.open("s")).isInstanceOf(StoreCorrupt.class);
    }

    @Test
    void an_event_too_many_is_found_when_the_store_is_opened() {
        damage(batch -> batch.event(3, new byte[60]));

        assertThatThrownBy(() -> stores.open("s"))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("position 2");
    }

    @Test
    void a_gap_in_a_stream_is_found() {
        damage(batch -> batch.delete(Branch.STREAM_INDEX, StreamIndexKeys.at(0, 0)));
        EventStore store = stores.open("s");

        assertThatThrownBy(() -> store.read(StreamRead.forward("a"))).isInstanceOf(StoreCorrupt.class);
        assertThat(store.verify().problems()).anyMatch(problem -> problem.contains("'a' has no revision 0"));
    }

    @Test
    void an_event_that_its_id_does_not_lead_to_is_found() {
        damage(batch -> batch.delete(Branch.INDEX, IndexKeys.eventId(FIRST.id())));

        assertThat(stores.open("s").verify().problems())
                .anyMatch(problem -> problem.contains("INDEX does not lead to"))
                .anyMatch(problem -> problem.contains("entries"));
    }

    @Test
    void an_id_that_leads_to_another_event_is_found() {
        damage(batch -> batch.put(Branch.INDEX, IndexKeys.eventId(FIRST.id()), IndexKeys.positionValue(1)));
        EventStore store = stores.open("s");

        assertThatThrownBy(() -> store.event(FIRST.id())).isInstanceOf(StoreCorrupt.class);
    }

    @Test
    void a_missing_stream_is_found() {
        damage(batch -> batch.delete(Branch.STREAMS, StreamCodec.key("b")));

        assertThat(stores.open("s").verify().problems()).anyMatch(problem -> problem.contains("counts 2 streams"));
    }

    @Test
    void a_stream_that_cannot_be_read_is_found() {
        damage(batch -> batch.put(Branch.STREAMS, StreamCodec.key("b"), new byte[] {9}));
        EventStore store = stores.open("s");

        assertThatThrownBy(() -> store.read(StreamRead.forward("b"))).isInstanceOf(StoreCorrupt.class);
        assertThat(store.verify().problems()).anyMatch(problem -> problem.startsWith("the streams: "));
    }

    @Test
    void a_missing_progress_record_is_found_when_the_store_is_opened() {
        damage(batch -> batch.delete(Branch.META, Progress.key()));

        assertThatThrownBy(() -> stores.open("s"))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("progress");
    }

    @Test
    void missing_settings_do_not_pass_for_a_new_store() {
        damage(batch -> batch.delete(Branch.META, SettingsCodec.key()));

        assertThatThrownBy(() -> stores.open("s"))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("settings");
    }

    @Test
    void rules_of_a_newer_version_are_refused_and_nothing_is_touched() {
        Progress found = progress();
        Counters counters = found.counters();
        Counters newer = new Counters(2, counters.nextPosition(), counters.lastTime(), counters.streams(), 0);
        damage(batch ->
                batch.put(Branch.META, Progress.key(), new Progress(found.applied(), newer, found.digest()).encode()));

        assertThatThrownBy(() -> stores.open("s"))
                .isInstanceOf(StoreTooNew.class)
                .hasMessageContaining("version 2");
        assertThat(progress().counters()).isEqualTo(newer);
    }

    private Progress progress() {
        try (Storage storage = provider.open(ROOT.resolve("s"), WriteMode.SYNC);
                StoreView view = StoreView.of(storage)) {
            return view.progress();
        }
    }

    private void damage(Consumer<WriteBatch> change) {
        WriteBatch batch = new WriteBatch();
        change.accept(batch);
        try (Storage storage = provider.open(ROOT.resolve("s"), WriteMode.SYNC)) {
            storage.commit(batch);
        }
    }
}
