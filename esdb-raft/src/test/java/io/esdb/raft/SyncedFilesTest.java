package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncedFilesTest {
    @TempDir
    Path folder;

    @Test
    void replaceLeavesOnlyTheNewContent() throws IOException {
        Path file = folder.resolve("file");
        SyncedFiles.replace(file, new byte[] {1, 2, 3});
        Files.write(folder.resolve("file.new"), new byte[100]);
        SyncedFiles.replace(file, new byte[] {4});
        assertThat(file).hasBinaryContent(new byte[] {4});
        assertThat(folder.resolve("file.new")).doesNotExist();
    }

    @Test
    void copyDoesNotOverwrite() throws IOException {
        Path from = Files.write(folder.resolve("from"), new byte[] {1});
        Path to = folder.resolve("to");
        SyncedFiles.copy(from, to);
        assertThat(to).hasSameBinaryContentAs(from);
        assertThatThrownBy(() -> SyncedFiles.copy(from, to)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void truncateKeepsTheFirstBytes() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
        SyncedFiles.truncate(file, 2);
        assertThat(file).hasBinaryContent(new byte[] {1, 2});
    }

    @Test
    void moveTakesAFileToAnotherFolder() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {1});
        Path to = folder.resolve("a/b/c/file");
        SyncedFiles.createFolders(to.resolveSibling("."));
        SyncedFiles.createFolders(to.getParent());
        SyncedFiles.move(file, to);
        assertThat(file).doesNotExist();
        assertThat(to).hasBinaryContent(new byte[] {1});
    }

    @Test
    void aFolderCanBeSyncedByAnInterruptedThread() throws IOException {
        Thread.currentThread().interrupt();
        try {
            SyncedFiles.syncFolder(folder);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aMissingFolderCannotBeSynced() {
        assertThatThrownBy(() -> SyncedFiles.syncFolder(folder.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
