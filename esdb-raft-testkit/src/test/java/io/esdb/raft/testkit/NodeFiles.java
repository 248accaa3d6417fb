package io.esdb.raft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a node with a single store keeps on disk.
 *
 * @param root the node's folder
 * @param store the store's name
 */
record NodeFiles(Path root, String store) {
    /** The store's own folder. */
    Path storage() {
        return root.resolve(store);
    }

    /** The folder of the store's group, whether the store is open or not. */
    Path group() throws IOException {
        List<Path> found = Stream.concat(groups("groups").stream(), groups("parked").stream())
                .toList();
        assertThat(found).as("folders of groups").hasSize(1);
        return found.get(0);
    }

    /** The groups in a folder of {@code _raft}. */
    List<Path> groups(String folder) throws IOException {
        Path parent = root.resolve("_raft").resolve(folder);
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> groups = Files.list(parent)) {
            return groups.toList();
        }
    }

    /** The segment of the log that was written last. */
    Path newestSegment() throws IOException {
        try (Stream<Path> files = Files.list(group().resolve("current"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("log_"))
                    .max(Comparator.comparingLong(NodeFiles::first))
                    .orElseThrow();
        }
    }

    private static long first(Path segment) {
        String name = segment.getFileName().toString();
        return Long.parseLong(
                name.replace("log_inprogress_", "").replace("log_", "").split("-", -1)[0]);
    }

    /** Where the entries of a segment end; what follows was only reserved. */
    static long end(Path segment) throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    static void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
    }

    /**
     * What a crash would leave now, for a node that takes no writes: the storage comes first, as it must not be ahead
     * of the log.
     */
    NodeFiles copyTo(Path target) throws IOException {
        copy(storage(), target.resolve(store));
        copy(root.resolve("_raft"), target.resolve("_raft"));
        return new NodeFiles(target, store);
    }

    /** Puts the files of this copy in the place of a node's. */
    void replace(NodeFiles other) throws IOException {
        Replicas.delete(other.root());
        copy(root, other.root());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
