package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.Query;
import io.esdb.StoreFailed;
import io.esdb.format.ReplyCodec;
import io.esdb.machine.Append;
import io.esdb.machine.Command;
import io.esdb.machine.RaiseVersion;
import io.esdb.machine.Reply;
import io.esdb.machine.Transact;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.LogEntry;
import io.esdb.spi.LogIndex;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateMachineTest {
    private static final Path FOLDER = Path.of("machine");
    private static final DocumentKey DOCUMENT = new DocumentKey(Branch.SNAPSHOTS, new byte[] {1});

    private final MemoryStorageProvider provider = new MemoryStorageProvider();
    private final WatchedStorage storage = new WatchedStorage(provider.open(FOLDER, WriteMode.SYNC));
    private final StateMachine machine = new StateMachine("machine", storage);

    @Test
    void a_gap_in_the_log_breaks_it_for_good_and_changes_nothing() {
        apply(0, Entries.create());
        List<String> before = StorageDump.of(storage);

        assertThatThrownBy(() -> apply(2, Entries.append("s")))
                .isInstanceOf(IndeterminateAppend.class)
                .hasMessageContaining("does not follow");

        assertThat(machine.condition().forGood()).isTrue();
        assertThatThrownBy(() -> apply(1, Entries.append("s"))).isInstanceOf(StoreFailed.class);
        assertThatThrownBy(machine::sync).isInstanceOf(StoreFailed.class);
        machine.recover();
        assertThatThrownBy(() -> apply(1, Entries.append("s"))).isInstanceOf(StoreFailed.class);
        assertThat(StorageDump.of(storage)).isEqualTo(before);
    }

    @Test
    void an_entry_applied_before_breaks_it() {
        apply(0, Entries.create(), Entries.append("s"));

        assertThatThrownBy(() -> apply(1, Entries.append("s"))).isInstanceOf(IndeterminateAppend.class);
        assertThatThrownBy(() -> apply(2, Entries.append("s"))).isInstanceOf(StoreFailed.class);
    }

    @Test
    void a_term_that_goes_back_breaks_it() {
        machine.apply(List.of(LogEntry.of(
                new LogIndex(5, 0),
                Entries.from(0, Entries.create()).get(0).commands().get(0))));

        assertThatThrownBy(() -> apply(1, Entries.append("s"))).isInstanceOf(IndeterminateAppend.class);
    }

    @Test
    void a_failed_commit_refuses_all_others_until_the_storage_recovered() {
        apply(0, Entries.create());
        provider.failCommits(FOLDER, Kind.IO);

        assertThatThrownBy(() -> apply(1, Entries.append("s"))).isInstanceOf(StorageException.class);
        provider.heal(FOLDER);
        assertThatThrownBy(() -> apply(1, Entries.append("s")))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        machine.recover();

        assertThat(apply(1, Entries.append("s")).get(0)).isInstanceOf(Reply.Appended.class);
        assertThat(machine.condition().reason()).isNull();
    }

    @Test
    void a_commit_that_failed_and_is_stored_after_all_counts() {
        apply(0, Entries.create(), Entries.append("s"));
        storage.loseNextAnswer();
        assertThatThrownBy(() -> apply(2, Entries.append("s"))).isInstanceOf(StorageException.class);
        assertThat(machine.applied().index()).isEqualTo(1);

        machine.recover();

        assertThat(machine.applied().index()).isEqualTo(2);
        Reply reply = apply(3, Entries.append("s")).get(0);
        assertThat(((Reply.Appended) reply).result().lastRevision()).isEqualTo(2);
        assertThat(((Reply.Appended) reply).result().lastPosition()).isEqualTo(2);
    }

    @Test
    void a_failed_sync_refuses_writes_until_the_storage_recovered() {
        apply(0, Entries.create());
        provider.failCommits(FOLDER, Kind.IO);

        assertThatThrownBy(machine::sync).isInstanceOf(StorageException.class);
        assertThat(machine.condition().isFailing()).isTrue();
        provider.heal(FOLDER);
        machine.recover();
        machine.sync();

        assertThat(machine.condition().isFailing()).isFalse();
    }

    @Test
    void a_read_that_fails_fails_its_batch_only() {
        apply(0, Entries.create());
        storage.failViews(new StorageException(Kind.IO, "no", null));

        assertThatThrownBy(() -> apply(1, Entries.append("s"))).isInstanceOf(StoreFailed.class);
        storage.failViews(null);

        assertThat(apply(1, Entries.append("s")).get(0)).isInstanceOf(Reply.Appended.class);
    }

    @Test
    void a_closed_storage_stays_closed() {
        apply(0, Entries.create());
        storage.close();

        assertThatThrownBy(() -> apply(1, Entries.append("s"))).isInstanceOf(RuntimeException.class);
        machine.recover();
        assertThatThrownBy(() -> apply(1, Entries.append("s"))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void nothing_is_written_before_the_store_was_created() {
        List<Reply> replies = apply(0, Entries.append("s"), put(0), new RaiseVersion(1), Entries.create());

        assertThat(replies.subList(0, 3)).allMatch(Reply.Refused.class::isInstance);
        assertThat(replies.get(3)).isEqualTo(new Reply.Done(true));
        assertThat(apply(4, put(0))).containsExactly(transacted(1));
    }

    @Test
    void bytes_that_are_no_command_are_refused_and_counted() {
        List<byte[]> replies = machine.apply(List.of(LogEntry.of(new LogIndex(1, 0), new byte[] {77})));

        assertThat(ReplyCodec.decode(replies.get(0))).isInstanceOf(Reply.Refused.class);
        assertThat(machine.applied().index()).isZero();
        assertThat(machine.settings()).isNull();
    }

    @Test
    void it_answers_no_questions() {
        assertThat(machine.answer(new byte[1]).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void conditions_see_events_older_than_the_terms_kept_in_memory() {
        apply(0, Entries.create());
        int index = 1;
        for (String part : List.of("a", "b", "c")) {
            apply(index++, manyTags(part, 5_800, 9));
        }

        for (String part : List.of("a", "b", "c")) {
            for (long after : new long[] {-1, 5_000}) {
                Reply reply =
                        apply(index++, onlyIfNone(part + "-5799-8", after)).get(0);
                assertThat(reply).isInstanceOf(Reply.ConditionFailed.class);
            }
        }
        assertThat(apply(index++, onlyIfNone("d-1-1", -1)).get(0)).isInstanceOf(Reply.Appended.class);
        assertThat(apply(index, onlyIfNone("a-5799-8", 5_799)).get(0)).isInstanceOf(Reply.Appended.class);
    }

    @Test
    void a_put_that_failed_leaves_the_version_as_it_was() {
        apply(0, Entries.create(), put(0));
        provider.failCommits(FOLDER, Kind.IO);
        assertThatThrownBy(() -> apply(2, put(1))).isInstanceOf(StorageException.class);
        provider.heal(FOLDER);
        machine.recover();

        assertThat(apply(2, put(1))).containsExactly(transacted(2));
    }

    @Test
    void a_put_that_failed_and_is_stored_after_all_has_its_version() {
        apply(0, Entries.create(), put(0));
        storage.loseNextAnswer();
        assertThatThrownBy(() -> apply(2, put(1))).isInstanceOf(StorageException.class);
        machine.recover();

        assertThat(apply(3, put(2))).containsExactly(transacted(3));
    }

    @Test
    void a_put_in_a_batch_with_others_sees_the_versions_that_they_have_made() {
        apply(0, Entries.create(), put(0));

        Transact remove = new Transact(List.of(new DocumentEdit.Remove(DOCUMENT, 2)), null);
        assertThat(apply(2, put(1), put(1), remove, put(0)))
                .containsExactly(transacted(2), new Reply.WrongDocumentVersion(0, 2), transacted(0), transacted(1));
        assertThat(apply(6, put(1))).containsExactly(transacted(2));
    }

    @Test
    void documents_have_the_versions_of_an_image_that_was_installed() {
        Path image = Path.of("image");
        apply(0, Entries.create(), put(0));
        machine.image(image);
        apply(2, put(1), put(2));

        machine.install(image);

        assertThat(apply(2, put(1))).containsExactly(transacted(2));
    }

    private static Transact put(long expected) {
        return new Transact(List.of(new DocumentEdit.Put(DOCUMENT, expected, new byte[1])), null);
    }

    private static Reply transacted(long version) {
        return new Reply.Transacted(null, List.of(version), false);
    }

    private static Append manyTags(String part, int events, int tags) {
        List<EventData> all = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            List<String> names = new ArrayList<>();
            for (int tag = 0; tag < tags; tag++) {
                names.add(part + "-" + i + "-" + tag);
            }
            all.add(EventData.bytes("Happened", new byte[0]).withTags(names));
        }
        return Entries.append(AppendRequest.to("s", ExpectedRevision.any(), all));
    }

    private static Append onlyIfNone(String tag, long after) {
        AppendCondition condition = AppendCondition.noneMatchesAfter(Query.tags(tag), after);
        return Entries.append(Entries.append("t").request().onlyIf(condition));
    }

    private List<Reply> apply(long index, Command... commands) {
        return machine.apply(Entries.from(index, commands)).stream()
                .map(ReplyCodec::decode)
                .toList();
    }
}
