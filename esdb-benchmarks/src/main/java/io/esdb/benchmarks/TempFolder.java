package io.esdb.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of empty folders. It is removed when closed, and when the program is interrupted. */
final class TempFolder implements Closeable {
    private final Path root;
    private final Thread hook = new Thread(this::removeQuietly, "remove-temp-folder");
    private int count;

    /** @param parent made if it is missing */
    TempFolder(Path parent) throws IOException {
        Files.createDirectories(parent);
        root = Files.createTempDirectory(parent, "esdb-benchmarks-");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    synchronized Path fresh() throws IOException {
        return Files.createDirectory(root.resolve("run-" + count++));
    }

    void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            Files.walkFileTree(folder, new Remover());
        }
    }

    /** The bytes of all files below a folder. */
    static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(TempFolder::size)
                    .sum();
        }
    }

    /** Copies a folder while somebody may write to it, as a crash would leave it. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        remove(root);
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void removeQuietly() {
        try {
            remove(root);
        } catch (IOException e) {
            System.err.println(root + " could not be removed: " + e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever still writes there may remove a file first. */
    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
