package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendResult;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.Query;
import io.esdb.StreamLimits;
import io.esdb.StreamRead;
import io.esdb.host.EventStores;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.Storage;
import io.esdb.spi.WriteMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final Path ROOT = Path.of("swept");
    private static final String SECRET = "do not keep this";

    private final MemoryStorageProvider provider = new MemoryStorageProvider();
    private final EventStores stores = EventStores.at(ROOT).storage(provider).open();
    private final EventStore store = stores.open("s");

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void the_content_of_hidden_events_leaves_the_storage() {
        store.append("a", ExpectedRevision.any(), secret(), secret());
        store.append("b", ExpectedRevision.any(), secret());
        store.append("c", ExpectedRevision.any(), secret());
        store.delete("a", ExpectedRevision.any());
        store.tombstone("b", ExpectedRevision.any());
        store.trim("c", 1);

        assertThat(store.sweep()).isEqualTo(4);
        assertThat(store.sweep()).isZero();

        assertThat(store.verify().problems()).isEmpty();
        stores.close();
        assertThat(dump()).noneMatch(line -> line.contains(HexFormat.of().formatHex(bytes(SECRET))));
    }

    @Test
    void what_is_shown_stays() {
        store.append("a", ExpectedRevision.any(), secret(), secret(), secret());
        store.append("b", ExpectedRevision.any(), secret());
        store.limit("a", StreamLimits.none().withMaxCount(1));

        assertThat(store.sweep()).isEqualTo(2);

        assertThat(store.read(StreamRead.forward("a")).events()).hasSize(1).allMatch(event -> event.revision() == 2);
        assertThat(store.read(LogRead.forward().matching(Query.tags("secret"))).events())
                .hasSize(2);
    }

    @Test
    void looser_limits_do_not_bring_swept_events_back() {
        store.append("a", ExpectedRevision.any(), secret(), secret());
        store.limit("a", StreamLimits.none().withMaxCount(1));
        store.sweep();
        store.limit("a", StreamLimits.none());

        assertThat(store.read(StreamRead.forward("a")).events()).hasSize(1);
        assertThat(store.read(LogRead.forward()).events()).hasSize(1);
        assertThat(store.stream("a").orElseThrow().firstRevision()).isEqualTo(1);
    }

    @Test
    void a_retry_of_a_swept_append_gets_the_first_answer() {
        EventData[] events = {secret(), secret()};
        AppendResult first = store.append("a", ExpectedRevision.noStream(), events);
        store.delete("a", ExpectedRevision.any());
        store.sweep();

        assertThat(store.append("a", ExpectedRevision.noStream(), events)).isEqualTo(first);
    }

    @Test
    void more_events_than_one_command_sweeps_are_swept_all() {
        for (int i = 0; i < 3; i++) {
            EventData[] many = new EventData[400];
            for (int j = 0; j < many.length; j++) {
                many[j] = secret();
            }
            store.append("a", ExpectedRevision.any(), many);
        }
        store.trim("a", 1_199);

        assertThat(store.sweep()).isEqualTo(1_199);
        assertThat(store.read(StreamRead.forward("a")).events()).hasSize(1);
    }

    private List<String> dump() {
        try (Storage storage = provider.open(ROOT.resolve("s"), WriteMode.SYNC)) {
            return StorageDump.of(storage);
        }
    }

    private static EventData secret() {
        return EventData.bytes("Happened", bytes(SECRET))
                .withMetadata(bytes(SECRET))
                .withTags("secret");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
