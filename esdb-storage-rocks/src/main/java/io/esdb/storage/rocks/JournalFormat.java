package io.esdb.storage.rocks;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a journal file: a header, then frames, each beginning at a multiple of 8. A frame's checksum covers the
 * salt of its file, so what is left of a file's former life, or looks like a frame inside an event, is never taken for
 * one.
 */
final class JournalFormat {
    /** Where the first frame begins. */
    static final int HEADER_BYTES = 64;

    /** What a frame takes beside its batch. */
    static final int FRAME_BYTES = 16;

    private static final long MAGIC = 0x65736462_6a726e6cL; // "esdbjrnl"
    private static final int VERSION = 1;
    static final int ALIGNMENT = 8;
    private static final int HEADER_CRC_AT = 32;

    private JournalFormat() {}

    /** The bytes that a frame takes, its end aligned. */
    static int frameBytes(int batchBytes) {
        return Math.multiplyExact(Math.addExact(FRAME_BYTES + ALIGNMENT - 1, batchBytes) / ALIGNMENT, ALIGNMENT);
    }

    /** Writes a header at the beginning of a buffer, which is then at the first frame. */
    static void putHeader(ByteBuffer out, Header header) {
        out.putLong(MAGIC).putInt(VERSION).putInt(header.synced() ? 1 : 0);
        out.putLong(header.salt()).putLong(header.first());
        out.putInt(crc(out, 0, HEADER_CRC_AT));
        out.position(HEADER_BYTES);
    }

    /** The header of a file's content; null if there is none that can be trusted. */
    static @Nullable Header header(byte[] content) {
        if (content.length < HEADER_BYTES) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(content);
        boolean known = in.getLong() == MAGIC && in.getInt() == VERSION;
        Header header = new Header(in.getInt() == 1, in.getLong(), in.getLong());
        return known && in.getInt() == crc(in, 0, HEADER_CRC_AT) ? header : null;
    }

    /** Writes a frame at a buffer's position, and moves it behind the frame. */
    static void putFrame(ByteBuffer out, Header header, long commit, byte[] batch) {
        int start = out.position();
        out.putInt(0).putInt(batch.length).putLong(commit).put(batch);
        out.putInt(start, frameCrc(out, start, header, batch.length));
        out.position(start + frameBytes(batch.length));
    }

    /** The bytes of the batch in the frame that begins here; -1 if none does that holds this or a later commit. */
    static int batchBytes(ByteBuffer content, int start, Header header, long commit) {
        int most = content.limit() - start - FRAME_BYTES;
        if (most < 0 || commit(content, start) < commit) {
            return -1;
        }
        int length = content.getInt(start + Integer.BYTES);
        boolean plausible = length >= 0 && length <= most;
        return plausible && content.getInt(start) == frameCrc(content, start, header, length) ? length : -1;
    }

    /** The number of the commit in a frame. */
    static long commit(ByteBuffer content, int start) {
        return content.getLong(start + 2 * Integer.BYTES);
    }

    private static int frameCrc(ByteBuffer content, int start, Header header, int batchBytes) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, header.salt()));
        crc.update(content.slice(start + Integer.BYTES, FRAME_BYTES - Integer.BYTES + batchBytes));
        return (int) crc.getValue();
    }

    private static int crc(ByteBuffer content, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(content.slice(from, length));
        return (int) crc.getValue();
    }

    /**
     * @param synced whether each frame was on disk before the next one was written
     * @param salt random, another one each time that a file is begun
     * @param first the commit in the first frame; the others follow it, one by one
     */
    record Header(boolean synced, long salt, long first) {}
}
