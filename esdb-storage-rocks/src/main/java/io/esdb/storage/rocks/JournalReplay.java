package io.esdb.storage.rocks;

import io.esdb.storage.rocks.JournalFormat.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a journal after a crash. It ends at the first frame that is not whole. Where each frame was on disk before the
 * next one was written, a whole one behind such an end means damage, not a crash.
 */
final class JournalReplay {
    private final long until;
    private final Target target;
    private long last;

    private JournalReplay(long after, long until, Target target) {
        this.last = after;
        this.until = until;
        this.target = target;
    }

    /**
     * Hands over the commits after one, in order, without a gap.
     *
     * @return the last one; {@code after} if there is none
     * @throws io.esdb.spi.StorageException of kind CORRUPT if there are later ones that do not follow
     */
    static long run(Path folder, long after, Target target) throws IOException {
        return run(folder, after, Long.MAX_VALUE, target);
    }

    /** The same up to one commit; what is behind it may be in the middle of being written. */
    static long run(Path folder, long after, long until, Target target) throws IOException {
        JournalReplay replay = new JournalReplay(after, until, target);
        for (Source source : sources(folder)) {
            if (replay.last >= until || !replay.isContinuedBy(source)) {
                break;
            }
            replay.read(source, ByteBuffer.wrap(Files.readAllBytes(source.file())));
        }
        return replay.last;
    }

    private static List<Source> sources(Path folder) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Path file : Journal.files(folder)) {
            Header header = JournalFormat.header(beginning(file));
            if (header != null) {
                sources.add(new Source(file, header));
            }
        }
        sources.sort(Comparator.comparingLong(source -> source.header().first()));
        return sources;
    }

    private static byte[] beginning(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(JournalFormat.HEADER_BYTES);
        }
    }

    private boolean isContinuedBy(Source source) {
        boolean follows = source.header().first() <= last + 1;
        if (!follows && source.header().synced()) {
            throw RocksErrors.corrupt(source.file() + " begins with commit "
                    + source.header().first() + ", but commit " + (last + 1) + " is missing");
        }
        return follows;
    }

    private void read(Source source, ByteBuffer content) throws IOException {
        int at = JournalFormat.HEADER_BYTES;
        long next = source.header().first();
        int bytes = JournalFormat.batchBytes(content, at, source.header(), next);
        while (last < until && bytes >= 0 && JournalFormat.commit(content, at) == next) {
            if (next == last + 1) {
                byte[] batch = new byte[bytes];
                content.get(at + JournalFormat.FRAME_BYTES, batch);
                target.commit(next, batch);
                last = next;
            }
            next++;
            at += JournalFormat.frameBytes(bytes);
            bytes = JournalFormat.batchBytes(content, at, source.header(), next);
        }
        if (last < until && source.header().synced()) {
            checkEnd(source, content, at);
        }
    }

    private void checkEnd(Source source, ByteBuffer content, int end) {
        int step = JournalFormat.ALIGNMENT;
        for (int at = end; at <= content.limit() - JournalFormat.FRAME_BYTES; at += step) {
            if (isLater(source, content, at)) {
                throw RocksErrors.corrupt(source.file() + " is damaged at " + end + ": commit "
                        + JournalFormat.commit(content, at) + " is there, but not commit " + (last + 1));
            }
        }
    }

    /** The number is looked at first, so that what is no frame costs no checksum. */
    private boolean isLater(Source source, ByteBuffer content, int at) {
        long ahead = JournalFormat.commit(content, at) - last;
        return ahead > 0
                && ahead <= content.limit() / JournalFormat.FRAME_BYTES
                && JournalFormat.batchBytes(content, at, source.header(), last + 1) >= 0;
    }

    /** Takes the commits. */
    @FunctionalInterface
    interface Target {
        void commit(long number, byte[] batch);
    }

    private record Source(Path file, Header header) {}
}
