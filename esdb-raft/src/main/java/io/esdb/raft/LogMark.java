package io.esdb.raft;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * The last Raft index that this node may have acknowledged, in a small file beside the log: what tells a log that
 * was cut off from one that just ends.
 *
 * <p>The file has three slots of one checksummed record each. One holds the record that was forced last and stays
 * untouched; new records go to another; the third is written while that one is being forced. So a torn write never
 * costs more than what was not forced. Safe for many threads.
 */
final class LogMark implements Closeable {
    private static final long MAGIC = 0x6573_6462_6d61_726bL;
    private static final int RECORD = 3 * Long.BYTES + Integer.BYTES;
    /** Slots lie in blocks of their own, since a device may tear a block as a whole. */
    private static final int SLOT = 4096;

    private static final int SLOTS = 3;

    private final Object forcing = new Object();
    private final Path path;
    private volatile RandomAccessFile file;
    private volatile boolean closed;
    private int slot;
    private boolean unforced = true;
    private long sequence;
    private long last;
    private long ceiling = Long.MAX_VALUE;

    private LogMark(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens the mark; a file that is missing is made, and says -1.
     *
     * @throws IOException if the file cannot be read or written, or none of its records is whole
     */
    static LogMark open(Path path) throws IOException {
        if (!Files.exists(path)) {
            writeNew(path, 1, -1);
        }
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            LogMark mark = new LogMark(path, file);
            mark.load();
            return mark;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void writeNew(Path path, long sequence, long index) throws IOException {
        ByteBuffer fresh = ByteBuffer.allocate(SLOT * SLOTS).put(0, record(sequence, index));
        SyncedFiles.replace(path, fresh.array());
    }

    /** All entries up to here are in the log's file on disk and may be acknowledged from now on. */
    synchronized void reached(long index) throws IOException {
        long capped = Math.min(index, ceiling);
        if (capped > last) {
            write(capped);
            notifyAll();
        }
    }

    /**
     * Waits until the entries up to an index may be acknowledged.
     *
     * @return false if they may not by then, or the thread was interrupted
     */
    synchronized boolean awaitReached(long index, long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            long left = millis;
            while (last < index && left > 0) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return last >= index;
    }

    /**
     * Raft drops this node's entries above {@code lastIndex}, none of which was committed. Forced. Until
     * {@link #truncated()}, {@link #reached} stops there: writes of dropped entries may still be under way.
     */
    void truncating(long lastIndex) throws IOException {
        synchronized (this) {
            ceiling = Math.min(ceiling, lastIndex);
            if (lastIndex >= last) {
                return;
            }
            write(lastIndex);
        }
        force();
    }

    /** The entries are gone from the log; the ones that follow are new. */
    synchronized void truncated() {
        ceiling = Long.MAX_VALUE;
    }

    /** Lowers the mark at once, for entries that are gone already. Forced. */
    void truncated(long lastIndex) throws IOException {
        truncating(lastIndex);
        truncated();
    }

    /** The last index that may have been acknowledged, or -1. */
    synchronized long last() {
        return last;
    }

    /** Brings all that was marked before the call to disk. Once this failed, so does everything up to {@link #mend}. */
    void force() throws IOException {
        synchronized (forcing) {
            synchronized (this) {
                if (!unforced) {
                    return;
                }
                slot = (slot + 1) % SLOTS;
                unforced = false;
            }
            try {
                file.getFD().sync();
            } catch (IOException e) {
                file.close();
                throw e;
            }
        }
    }

    /** Writes the file anew after {@link #force} failed, as nobody knows what of it is on disk; else does nothing. */
    void mend() throws IOException {
        synchronized (forcing) {
            synchronized (this) {
                if (closed || file.getChannel().isOpen()) {
                    return;
                }
                sequence++;
                writeNew(path, sequence, last);
                file = new RandomAccessFile(path.toFile(), "rw");
                slot = 1;
                unforced = false;
            }
        }
    }

    /** Forces and closes the file. */
    @Override
    public void close() throws IOException {
        synchronized (forcing) {
            closed = true;
            try (RandomAccessFile open = file) {
                if (open.getChannel().isOpen()) {
                    force();
                }
            }
        }
    }

    private void write(long index) throws IOException {
        sequence++;
        file.seek((long) slot * SLOT);
        file.write(record(sequence, index));
        last = index;
        unforced = true;
    }

    private void load() throws IOException {
        byte[] bytes = new byte[SLOT * SLOTS];
        file.readFully(bytes, 0, (int) Math.min(bytes.length, file.length()));
        for (int i = 0; i < SLOTS; i++) {
            ByteBuffer record = ByteBuffer.wrap(bytes, i * SLOT, RECORD).slice();
            if (whole(record) && record.getLong(Long.BYTES) > sequence) {
                sequence = record.getLong(Long.BYTES);
                last = record.getLong(2 * Long.BYTES);
                slot = i;
            }
        }
        if (sequence == 0) {
            throw new IOException(path + " holds no whole record");
        }
        force();
    }

    private static boolean whole(ByteBuffer record) {
        return record.getLong(0) == MAGIC && record.getInt(RECORD - Integer.BYTES) == checksum(record);
    }

    private static int checksum(ByteBuffer record) {
        CRC32C crc = new CRC32C();
        crc.update(record.slice(0, RECORD - Integer.BYTES));
        return (int) crc.getValue();
    }

    private static byte[] record(long sequence, long index) {
        byte[] bytes = new byte[RECORD];
        ByteBuffer record = ByteBuffer.wrap(bytes);
        record.putLong(MAGIC).putLong(sequence).putLong(index).putInt(checksum(record));
        return bytes;
    }
}
