package io.esdb.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.IndexKind;
import io.esdb.machine.Command;
import io.esdb.machine.Reply;
import io.esdb.machine.StoredEvent;
import io.esdb.spi.Branch;
import io.esdb.spi.WriteBatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is on disks and in logs stays readable, and is written to the same bytes for ever. */
class GoldenFilesTest {
    @Test
    void commands_have_the_bytes_they_always_had() {
        GoldenFile file = new GoldenFile("commands.hex");
        Samples.commands().forEach((name, command) -> file.encoded(name, CommandCodec.encode(command)));

        Map<String, byte[]> golden = file.read();

        assertSame(file, golden);
        Samples.commands().forEach((name, command) -> assertEqual(CommandCodec.decode(golden.get(name)), command));
    }

    @Test
    void every_kind_of_command_is_in_the_golden_file() {
        assertThat(Samples.commands().values().stream().map(Object::getClass).distinct())
                .hasSameElementsAs(List.of(Command.class.getPermittedSubclasses()).stream()
                        .<Class<?>>map(kind -> kind)
                        .toList());
    }

    @Test
    void replies_have_the_bytes_they_always_had() {
        GoldenFile file = new GoldenFile("replies.hex");
        Samples.replies().forEach((name, reply) -> file.encoded(name, ReplyCodec.encode(reply)));

        Map<String, byte[]> golden = file.read();

        assertSame(file, golden);
        Samples.replies()
                .forEach((name, reply) ->
                        assertThat(ReplyCodec.decode(golden.get(name))).isEqualTo(reply));
    }

    @Test
    void every_kind_of_reply_is_in_the_golden_file() {
        assertThat(Samples.replies().values().stream().map(Object::getClass).distinct())
                .hasSize(Reply.class.getPermittedSubclasses().length);
    }

    @Test
    void records_have_the_bytes_they_always_had() {
        GoldenFile file = new GoldenFile("records.hex");
        Samples.events().forEach((name, event) -> file.encoded(name, RecordCodec.encode(event)));

        Map<String, byte[]> golden = file.read();

        assertSame(file, golden);
        Samples.events().forEach((name, event) -> assertRecord(golden.get(name), event));
    }

    private static void assertRecord(byte[] record, StoredEvent event) {
        StoredEvent decoded = RecordCodec.decode(record, event.event().position());
        assertThat(decoded).isEqualTo(event);
        assertThat(decoded.event().tags())
                .containsExactlyElementsOf(event.event().tags());
    }

    @Test
    void values_of_the_tree_have_the_bytes_they_always_had() {
        GoldenFile file = new GoldenFile("values.hex");
        Samples.streams().forEach((name, stream) -> file.encoded(name, StreamCodec.encode(stream)));
        Samples.progress().forEach((name, progress) -> file.encoded(name, progress.encode()));
        file.encoded("settings", SettingsCodec.encode(Samples.SETTINGS));
        file.encoded("document", DocumentCodec.encode(Samples.document()));

        Map<String, byte[]> golden = file.read();

        assertSame(file, golden);
        Samples.streams()
                .forEach((name, stream) ->
                        assertThat(StreamCodec.decode("a", golden.get(name))).isEqualTo(stream));
        Samples.progress().forEach((name, progress) -> assertEqual(Progress.decode(golden.get(name)), progress));
        assertThat(SettingsCodec.decode(golden.get("settings"))).isEqualTo(Samples.SETTINGS);
        assertThat(DocumentCodec.decode(golden.get("document"))).isEqualTo(Samples.document());
    }

    @Test
    void keys_of_the_tree_have_the_bytes_they_always_had() {
        IndexKeys keys = new IndexKeys(Samples.SETTINGS.hashSeed());
        GoldenFile file = new GoldenFile("keys.hex")
                .encoded("settings", SettingsCodec.key())
                .encoded("progress", Progress.key())
                .encoded("stream", StreamCodec.key("zażółć-1"))
                .encoded("stream-index", StreamIndexKeys.at(0x0a0b, 0x0102))
                .encoded("stream-index-value", StreamIndexKeys.value(258))
                .encoded("event-id", IndexKeys.eventId(Samples.ID))
                .encoded("event-id-value", IndexKeys.positionValue(258))
                .encoded("type", IndexKeys.at(keys.term(IndexKind.TYPE, "Opened"), 258))
                .encoded("category", IndexKeys.at(keys.term(IndexKind.CATEGORY, "order"), 258))
                .encoded("tag", IndexKeys.at(keys.term(IndexKind.TAG, "żółw:1"), 258))
                .encoded("term-value", IndexKeys.typeHashValue(keys.typeHash("Opened")));

        assertSame(file, file.read());
    }

    @Test
    void the_state_digest_is_the_one_it_always_was() {
        StateDigest digest = new StateDigest(new byte[StateDigest.BYTES]);
        ChangeWriter writer = new ChangeWriter(new WriteBatch(), digest);
        GoldenFile file = new GoldenFile("digests.hex");
        Samples.changes().forEach((name, change) -> {
            writer.write(List.of(change), Samples.SETTINGS);
            file.encoded("after-" + name, digest.current());
        });

        assertSame(file, file.read());
    }

    @Test
    void branches_keep_their_ids_and_prefixes() {
        assertThat(Branch.values())
                .extracting(branch -> branch + " " + branch.id() + " " + branch.prefixLength())
                .containsExactly(
                        "META 0 0",
                        "STREAMS 1 0",
                        "STREAM_INDEX 2 8",
                        "INDEX 3 9",
                        "SUBSCRIPTIONS 4 0",
                        "SNAPSHOTS 5 0",
                        "PROJECTIONS 6 0",
                        "KEYS 7 0");
    }

    private static void assertSame(GoldenFile file, Map<String, byte[]> golden) {
        assertThat(GoldenFile.readable(file.encoded())).isEqualTo(GoldenFile.readable(golden));
    }

    /** Some records hold arrays and compare those by identity, so they are compared part by part. */
    private static void assertEqual(Object actual, Object expected) {
        if (expected instanceof Progress) {
            assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }
}
