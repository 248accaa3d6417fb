package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.StoreCorrupt;
import io.esdb.StoreTooNew;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberRecordTest {
    @TempDir
    Path folder;

    private final Member self = new Member("n1", "127.0.0.1", 9000);
    private final MemberRecord record =
            new MemberRecord("Bücher", UUID.randomUUID(), self, MemberRecord.State.FORMING, false, List.of());

    @Test
    void whatIsWrittenIsRead() throws IOException {
        record.write(folder);
        assertThat(MemberRecord.read(folder)).contains(record);
    }

    @Test
    void theFoundersAreReadInTheirOrder() throws IOException {
        List<Member> founders = List.of(self, new Member("n3", "[::1]", 9001), new Member("n2", "example", 1));
        MemberRecord founded =
                new MemberRecord(record.store(), record.group(), self, MemberRecord.State.AGREED, true, founders);
        founded.write(folder);
        assertThat(MemberRecord.read(folder)).contains(founded);
    }

    @Test
    void aLaterRecordReplacesTheEarlierOne() throws IOException {
        record.write(folder);
        MemberRecord formed = record.with(MemberRecord.State.FORMED);
        formed.write(folder);
        assertThat(MemberRecord.read(folder)).contains(formed);
        assertThat(formed.state()).isEqualTo(MemberRecord.State.FORMED);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("member"));
        }
    }

    @Test
    void aFolderWithoutOneHasNone() throws IOException {
        assertThat(MemberRecord.read(folder)).isEmpty();
        assertThat(MemberRecord.read(folder.resolve("nowhere"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "store", "group", "member", "address", "state", "listener"})
    void aMissingFieldIsCorruptionThatNamesTheFile(String field) throws IOException {
        record.write(folder);
        edit(field + "=.*\n", "");
        assertThatThrownBy(() -> MemberRecord.read(folder))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining(folder.resolve("member").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "group", "address", "state", "listener", "founders"})
    void aFieldThatMakesNoSenseIsCorruption(String field) throws IOException {
        record.write(folder);
        edit(field + "=.*\n", field + "=maybe\n");
        assertThatThrownBy(() -> MemberRecord.read(folder)).isInstanceOf(StoreCorrupt.class);
    }

    @Test
    void aRecordOfANewerVersionIsTooNew() throws IOException {
        record.write(folder);
        edit("version=.*", "version=2");
        assertThatThrownBy(() -> MemberRecord.read(folder))
                .isInstanceOf(StoreTooNew.class)
                .hasMessageContaining("version 2");
    }

    private void edit(String pattern, String with) throws IOException {
        Path file = folder.resolve("member");
        String old = Files.readString(file);
        String edited = old.replaceAll("(?m)^" + pattern, with);
        assertThat(edited).isNotEqualTo(old);
        Files.writeString(file, edited);
    }
}
