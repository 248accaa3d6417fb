package io.esdb.storage.rocks;

import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out at little cost whether a database that ran out of space would get through being reopened. */
final class SpaceProbe {
    private static final int PROBE_BYTES = 1 << 20;
    private static final long SPARE_BYTES = 4L << 20;

    private SpaceProbe() {}

    /**
     * @param generation where the database is
     * @param mostBuffered the most that it may have to write from memory when it goes on
     * @throws StorageException of kind FULL or IO if there is still no writing there
     */
    static void check(Path generation, long mostBuffered) {
        Path probe = generation.resolveSibling("probe");
        try {
            long wanted = Math.min(journalBytes(generation), mostBuffered) + SPARE_BYTES;
            long free = Files.getFileStore(generation).getUsableSpace();
            if (free < wanted) {
                String message = free + " bytes are free at " + generation + ", going on takes " + wanted;
                throw new StorageException(Kind.FULL, message, null);
            }
            try {
                Disk.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            throw RocksErrors.of("probing " + generation, e);
        }
    }

    private static long journalBytes(Path generation) throws IOException {
        long bytes = 0;
        for (Path file : Journal.files(generation)) {
            bytes += Files.size(file);
        }
        return bytes;
    }
}
