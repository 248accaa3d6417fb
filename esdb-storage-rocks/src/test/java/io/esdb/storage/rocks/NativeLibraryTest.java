package io.esdb.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
    @TempDir
    Path temp;

    @Test
    void thoseWhoUnpackAtOnceShareOneFile() throws Exception {
        Path folder = temp.resolve("native");
        ExecutorService processes = Executors.newFixedThreadPool(3);
        Callable<Path> unpacking = () -> NativeLibrary.unpack(folder);
        Set<Path> homes = new HashSet<>();
        for (Future<Path> home : processes.invokeAll(List.of(unpacking, unpacking, unpacking))) {
            homes.add(home.get());
        }
        processes.shutdown();
        assertThat(homes).hasSize(1);
        assertThat(Disk.children(homes.iterator().next())).hasSize(1);
    }

    @Test
    void aPartlyWrittenFileIsReplaced() throws IOException {
        Path home = NativeLibrary.unpack(temp.resolve("native"));
        Path library = Disk.children(home).get(0);
        long size = Files.size(library);
        Folders.truncate(library, size / 2);
        NativeLibrary.unpack(temp.resolve("native"));
        assertThat(Files.size(library)).isEqualTo(size);
    }

    @Test
    void nothingIsLoadedFromWhereOthersMayWrite() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("open"));
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "the system has permissions");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> NativeLibrary.unpack(folder)).isInstanceOf(IOException.class);
    }

    @Test
    void theLibraryInUseIsTheSharedOne() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        assumeTrue(Files.exists(maps), "the system tells what is loaded");
        NativeLibrary.load();
        List<String> loaded = Files.readAllLines(maps, StandardCharsets.UTF_8).stream()
                .filter(line -> line.contains("rocksdbjni"))
                .toList();
        assertThat(loaded).isNotEmpty().allMatch(line -> line.contains("/esdb-native-"));
    }
}
