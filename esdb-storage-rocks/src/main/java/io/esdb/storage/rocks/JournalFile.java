package io.esdb.storage.rocks;

import io.esdb.storage.rocks.JournalFormat.Header;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A journal file that is being written. Its length grows in steps, ahead of what is written, and is kept when the file
 * is begun anew: a sync that has no new length to store is the cheaper one. One thread at a time.
 */
final class JournalFile {
    /** A file is full when the next frame would make it longer than this. */
    static final int MOST_BYTES = 16 << 20;

    private static final int LEAST_STEP = 256 << 10;
    private static final int MOST_STEP = 1 << 20;

    private final Path path;
    private final Header header;
    private final RandomAccessFile file;
    private byte[] buffer = new byte[LEAST_STEP];
    private long length;
    private long end;
    private boolean dirty;

    private JournalFile(Path path, Header header, RandomAccessFile file) throws IOException {
        this.path = path;
        this.header = header;
        this.file = file;
        this.length = file.length();
    }

    /** Begins a file, which may be one that has had its day. */
    static JournalFile begin(Path path, Header header) throws IOException {
        boolean fresh = !Files.exists(path);
        // RandomAccessFile and not FileChannel: an interrupt closes the latter. Mode "rwd" syncs with each write.
        RandomAccessFile file = new RandomAccessFile(path.toFile(), header.synced() ? "rwd" : "rw");
        try {
            if (fresh) {
                Disk.syncFolder(Disk.folderOf(path));
            }
            return new JournalFile(path, header, file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    boolean hasRoomFor(byte[] batch) {
        return end == 0 || end + JournalFormat.frameBytes(batch.length) <= MOST_BYTES;
    }

    /** Writes a frame behind the one before; on disk when this returns, if the file is a synced one. */
    void append(long commit, byte[] batch) throws IOException {
        int before = end == 0 ? JournalFormat.HEADER_BYTES : 0;
        int bytes = Math.addExact(before, JournalFormat.frameBytes(batch.length));
        int written = bytes + stepBeyond(bytes);
        byte[] content = cleared(written);
        ByteBuffer out = ByteBuffer.wrap(content);
        if (before > 0) {
            JournalFormat.putHeader(out, header);
        }
        JournalFormat.putFrame(out, header, commit, batch);
        file.write(content, 0, written);
        dirty = !header.synced();
        length = Math.max(length, end + written);
        end += bytes;
        file.seek(end);
    }

    void sync() throws IOException {
        if (dirty) {
            file.getFD().sync();
            dirty = false;
        }
    }

    void close() throws IOException {
        file.close();
    }

    /** How many zeros to write behind what is to be written; a large frame pays for its own length. */
    private int stepBeyond(int bytes) {
        if (end + bytes <= length || bytes >= LEAST_STEP) {
            return 0;
        }
        long step = Math.min(MOST_STEP, Math.max(LEAST_STEP, length));
        return (int) Math.max(0, Math.min(step, MOST_BYTES - end - bytes));
    }

    private byte[] cleared(int bytes) {
        if (bytes > buffer.length) {
            byte[] large = new byte[bytes];
            buffer = bytes > 2 * MOST_STEP ? buffer : large;
            return large;
        }
        Arrays.fill(buffer, 0, bytes, (byte) 0);
        return buffer;
    }
}
