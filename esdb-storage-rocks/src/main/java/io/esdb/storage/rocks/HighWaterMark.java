package io.esdb.storage.rocks;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * How many commits are known to be durable, kept apart from them: a storage that comes up with fewer has lost
 * acknowledged writes, however content it looks.
 *
 * <p>The file has two slots a disk sector apart, written in turn, each with its own checksum, so that a torn write
 * costs the newest value only. It never grows, so a full disk cannot stop it. One thread at a time.
 */
final class HighWaterMark {
    private static final long MAGIC = 0x65736462_6d61726bL; // "esdbmark"
    private static final int SLOT_BYTES = 20;
    private static final int SLOT_STRIDE = 4096;
    private static final long NONE = -1;
    private static final long FORCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RandomAccessFile file;
    private int slot;
    private boolean dirty;
    private long written = NONE;
    private long forcedAt;

    private HighWaterMark(RandomAccessFile file) {
        this.file = file;
        this.forcedAt = System.nanoTime();
    }

    /** Opens or makes a mark and sets it, durably. */
    static HighWaterMark open(Path path, long commits) throws IOException {
        // RandomAccessFile and not FileChannel: an interrupt closes the latter.
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (file.length() != 2L * SLOT_STRIDE) {
                file.setLength(0);
                file.write(new byte[2 * SLOT_STRIDE]);
            }
            HighWaterMark mark = new HighWaterMark(file);
            mark.write(commits);
            mark.write(commits);
            mark.force();
            return mark;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Reads a mark; CORRUPT if there is none or no slot of it can be trusted. */
    static long read(Path path) throws IOException {
        byte[] content = contentOf(path.toFile());
        long newest = Math.max(slotOf(content, 0), slotOf(content, SLOT_STRIDE));
        if (newest == NONE) {
            throw RocksErrors.corrupt("the mark of what is durable is damaged: " + path);
        }
        return newest;
    }

    /** Raises the mark to what has just been synced; itself on disk about once a second. */
    void raise(long commits) throws IOException {
        if (commits != written) {
            write(commits);
        }
        if (System.nanoTime() - forcedAt >= FORCE_NANOS) {
            force();
        }
    }

    /** Takes the mark to disk. */
    void force() throws IOException {
        if (dirty) {
            file.getFD().sync();
            dirty = false;
        }
        forcedAt = System.nanoTime();
    }

    void close() throws IOException {
        try (RandomAccessFile closing = file) {
            if (dirty) {
                closing.getFD().sync();
                dirty = false;
            }
        }
    }

    private void write(long commits) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SLOT_BYTES);
        bytes.putLong(MAGIC).putLong(commits);
        bytes.putInt(crc(bytes.array(), 0));
        dirty = true;
        file.seek((long) slot * SLOT_STRIDE);
        file.write(bytes.array());
        slot = 1 - slot;
        written = commits;
    }

    private static byte[] contentOf(File file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file, "r")) {
            byte[] content = new byte[2 * SLOT_STRIDE];
            int length = (int) Math.min(in.length(), content.length);
            in.readFully(content, 0, length);
            return content;
        } catch (FileNotFoundException e) {
            throw RocksErrors.corrupt("the mark of what is durable is missing: " + file);
        }
    }

    private static long slotOf(byte[] content, int offset) {
        ByteBuffer slot = ByteBuffer.wrap(content, offset, SLOT_BYTES);
        boolean magic = slot.getLong() == MAGIC;
        long commits = slot.getLong();
        return magic && slot.getInt() == crc(content, offset) ? commits : NONE;
    }

    private static int crc(byte[] content, int offset) {
        CRC32C crc = new CRC32C();
        crc.update(content, offset, SLOT_BYTES - Integer.BYTES);
        return (int) crc.getValue();
    }
}
