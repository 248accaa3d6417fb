package io.esdb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @Test
    void freshFolderGoesWithAllThatIsInIt() throws Exception {
        Path path;
        try (DataFolder folder = DataFolder.of(null)) {
            path = folder.path();
            Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("file"), "text");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void folderOfTheUsersStays(@TempDir Path given) throws Exception {
        try (DataFolder folder = DataFolder.of(given)) {
            Files.writeString(folder.path().resolve("file"), "text");
        }
        assertThat(given.resolve("file")).exists();
    }
}
