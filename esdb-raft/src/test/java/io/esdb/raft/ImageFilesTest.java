package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.raft.ImageFiles.Part;
import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
    private static final LogIndex AT = new LogIndex(3, 70);
    private static final LogEntryProto MEMBERS = ConfigurationFileTest.entry(3, 60, "n1", "n4");

    @TempDir
    private Path folder;

    @Test
    void theHeadOfAnImageNamesItsFilesAndTheMembersOfTheGroup() throws IOException {
        Files.write(folder.resolve("b"), new byte[3]);
        Files.write(Files.createDirectory(folder.resolve("a")).resolve("c"), new byte[5]);
        ImageFiles head = ImageFiles.of(AT, MEMBERS, folder);

        assertThat(head.files()).containsExactly(new Part("a/c", 5), new Part("b", 3));
        assertThat(ImageFiles.decode(head.encode())).isEqualTo(head);
    }

    @Test
    void aHeadMayKnowNothingOfTheMembers() throws IOException {
        ImageFiles head = new ImageFiles(AT, null, List.of());

        assertThat(ImageFiles.decode(head.encode())).isEqualTo(head);
    }

    @Test
    void aHeadThatMakesNoSenseIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] head = new ImageFiles(AT, MEMBERS, List.of()).encode();
        head[2 * Long.BYTES] = 127;

        assertThatThrownBy(() -> ImageFiles.decode(head))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("members of ");
    }

    @Test
    void nothingThatWasSentLeadsOutOfTheFolder() {
        for (String path : List.of("../out", "a/../../out", "/out", ".")) {
            assertThatThrownBy(() -> ImageFiles.inside(folder, new Part(path, 1)))
                    .isInstanceOf(IOException.class);
        }
    }
}
