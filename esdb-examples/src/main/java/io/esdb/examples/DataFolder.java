package io.esdb.examples;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where an example keeps its stores: a folder of the user's, which stays, or a fresh one, which {@link #close}
 * removes with all that is in it.
 *
 * @param path the folder
 * @param temporary whether it is removed in the end
 */
public record DataFolder(Path path, boolean temporary) implements AutoCloseable {

    /** This folder, or a fresh one for null. */
    public static DataFolder of(@Nullable Path folder) throws IOException {
        return folder == null
                ? new DataFolder(Files.createTempDirectory("esdb-example-"), true)
                : new DataFolder(folder, false);
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.walkFileTree(path, new Remover());
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
