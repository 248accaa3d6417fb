package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventPage;
import io.esdb.IndexKind;
import io.esdb.Limits;
import io.esdb.LogRead;
import io.esdb.Query;
import io.esdb.RecordedEvent;
import io.esdb.machine.Command;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.StorageException;
import io.esdb.spi.WriteMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is read from memory is what the storage shows at that moment, or it is not read from memory. */
class RecentReaderTest {
    private final WatchedStorage storage =
            new WatchedStorage(new MemoryStorageProvider().open(Path.of("recent"), WriteMode.SYNC));
    private final RecentEvents events = new RecentEvents(1 << 20);
    private final StateMachine machine =
            new StateMachine("recent", storage, events, new WakeUps("recent"), new Questions("recent"));
    private final RecentReader reader = reader(Limits.defaults());

    @Test
    void an_event_is_there_once_it_was_committed() {
        apply(0, Entries.create());
        assertThat(reader.read(LogRead.forward())).isEqualTo(new EventPage(List.of(), 0, true, -1));
        apply(1, Entries.append("s"), Entries.append("t"));

        EventPage page = reader.read(LogRead.forward().from(1));

        assertThat(page.events()).extracting(RecordedEvent::stream).containsExactly("t");
        assertThat(List.of(page.next(), page.asOf())).containsExactly(2L, 1L);
        assertThat(page.end()).isTrue();
    }

    @Test
    void pages_end_as_those_of_the_storage_do() {
        apply(0, Entries.create());
        apply(1, appends(10));

        assertThat(reader.read(LogRead.forward().limit(3)).next()).isEqualTo(3);
        assertThat(reader(Limits.defaults().withPages(4, 100, 100))
                        .read(LogRead.forward())
                        .next())
                .isEqualTo(4);
        assertThat(reader(Limits.defaults().withPages(100, 5, 100))
                        .read(LogRead.forward())
                        .next())
                .isEqualTo(5);
        EventPage scanned = reader(Limits.defaults().withPages(100, 100, 6))
                .read(LogRead.forward().matching(Query.types("Never")));
        assertThat(scanned).isEqualTo(new EventPage(List.of(), 6, false, 9));
    }

    @Test
    void far_from_the_end_an_index_is_asked_instead_of_looking_at_every_event() {
        apply(0, Entries.create());
        apply(1, appends(RecentReader.NEAR + 1));
        LogRead indexed = LogRead.forward().matching(Query.types("Happened"));
        LogRead notIndexed = LogRead.forward().matching(Query.streamPrefix("s"));

        assertThat(reader.read(indexed)).isNull();
        assertThat(reader.read(indexed.from(1)).events()).hasSize(RecentReader.NEAR);
        assertThat(reader.read(notIndexed)).isNotNull();
        assertThat(reader.read(LogRead.forward())).isNotNull();
        assertThat(reader.read(LogRead.backward())).isNull();
    }

    @Test
    void nothing_is_said_from_when_a_commit_may_be_seen_until_it_is_known_what_became_of_it() {
        apply(0, Entries.create(), Entries.append("s"));
        List<Object> meanwhile = new ArrayList<>();
        storage.onCommit(() -> meanwhile.add(reader.read(LogRead.forward())));
        apply(2, Entries.append("s"));
        assertThat(meanwhile).hasSize(1).containsOnlyNulls();
        assertThat(reader.read(LogRead.forward()).events()).hasSize(2);

        storage.loseNextAnswer();
        assertThatThrownBy(() -> apply(3, Entries.append("s"))).isInstanceOf(StorageException.class);
        assertThat(reader.read(LogRead.forward())).isNull();
        machine.recover();

        assertThat(reader.read(LogRead.forward())).isNull();
        assertThat(reader.read(LogRead.forward().from(3)).asOf()).isEqualTo(2);
    }

    private static Command[] appends(int count) {
        return Stream.generate(() -> Entries.append("s")).limit(count).toArray(Command[]::new);
    }

    private RecentReader reader(Limits limits) {
        return new RecentReader(events, limits, EnumSet.allOf(IndexKind.class));
    }

    private void apply(long index, Command... commands) {
        machine.apply(Entries.from(index, commands));
    }
}
