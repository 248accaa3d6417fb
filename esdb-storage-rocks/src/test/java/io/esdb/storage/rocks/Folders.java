package io.esdb.storage.rocks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Plays crashes and damage on the files of a storage. */
final class Folders {
    private Folders() {}

    /** What a crash of the process would leave: the files as they are at one moment, without their locks. */
    static void copy(Path from, Path to) throws IOException {
        while (!copiedAtRest(from, to)) {
            Disk.deleteTree(to); // files were merged and removed meanwhile, as no crash does it
        }
    }

    static List<Path> files(Path root, Predicate<Path> wanted) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path child : Disk.children(root)) {
            if (Files.isDirectory(child)) {
                files.addAll(files(child, wanted));
            } else if (!child.endsWith(FolderLock.NAME) && wanted.test(child)) {
                files.add(child);
            }
        }
        return files;
    }

    private static boolean copiedAtRest(Path from, Path to) throws IOException {
        List<Path> before = files(from, file -> true);
        try {
            for (Path file : before) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        return before.equals(files(from, file -> true));
    }

    static void flip(Path file, long offset) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            int old = open.read();
            open.seek(offset);
            open.write(old ^ 0x20);
        }
    }

    static void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
    }

    static void delete(Path root) throws IOException {
        Disk.deleteTree(root);
    }
}
