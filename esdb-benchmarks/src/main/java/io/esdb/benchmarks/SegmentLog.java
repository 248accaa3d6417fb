package io.esdb.benchmarks;

import io.esdb.EventData;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The least that a durable log can do: framed records, appended to a file that is already on disk in full length, one
 * {@code fdatasync} a batch. When the file is full it is overwritten from its start, as a log that recycles its
 * segments does. It knows no revisions and no index.
 */
final class SegmentLog implements Peer {
    /** Length, checksum, number of the event, stream, revision. */
    private static final int HEADER = 4 + 4 + 8 + 8 + 8;

    private static final int PAGE = 1 << 20;

    private final FileChannel channel;
    private final int capacity;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private long written;
    private long lapStart;
    private int at;

    /** @param capacity the length of the file */
    SegmentLog(Path folder, int capacity) throws IOException {
        this.capacity = capacity;
        channel = FileChannel.open(
                folder.resolve("segment"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        ByteBuffer zeros = ByteBuffer.allocateDirect(PAGE);
        for (int offset = 0; offset < capacity; offset += PAGE) {
            write(zeros.clear(), offset);
        }
        channel.force(true);
    }

    @Override
    public void commit(List<SampleAppend> appends) throws IOException {
        buffer.clear();
        for (SampleAppend append : appends) {
            add(append);
        }
        if (buffer.position() > capacity - at) {
            at = 0;
            lapStart = written;
        }
        int length = buffer.position();
        write(buffer.flip(), at);
        channel.force(false);
        at += length;
        for (SampleAppend append : appends) {
            written += append.events().size();
        }
    }

    /** What was written over is taken on trust, the rest is read. */
    @Override
    public long events() throws IOException {
        return lapStart + read().values().stream().mapToLong(Stream::events).sum();
    }

    @Override
    public long lastRevision(long stream) throws IOException {
        Stream found = read().get(stream);
        return found == null ? -1 : found.lastRevision();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void add(SampleAppend append) {
        long revision = append.revision();
        byte[] name = append.name().getBytes(StandardCharsets.UTF_8);
        for (EventData event : append.events()) {
            byte[] type = event.type().getBytes(StandardCharsets.UTF_8);
            int length = 16 + 1 + name.length + 1 + type.length + event.data().length;
            room(HEADER + length);
            int start = buffer.position();
            buffer.putInt(length)
                    .putInt(0)
                    .putLong(written)
                    .putLong(append.stream())
                    .putLong(revision++);
            buffer.putLong(event.id().getMostSignificantBits())
                    .putLong(event.id().getLeastSignificantBits());
            buffer.put((byte) name.length).put(name).put((byte) type.length).put(type);
            buffer.put(event.data());
            buffer.putInt(start + 4, checksum(buffer.duplicate().flip().position(start + 8)));
        }
    }

    private void room(int bytes) {
        if (buffer.remaining() < bytes) {
            buffer = ByteBuffer.allocateDirect(buffer.capacity() * 2).put(buffer.flip());
        }
    }

    /** The streams of this lap. */
    private Map<Long, Stream> read() throws IOException {
        ByteBuffer lap = ByteBuffer.allocate(at);
        while (lap.hasRemaining()) {
            if (channel.read(lap, lap.position()) < 0) {
                throw new EOFException("the log ends at " + lap.position());
            }
        }
        lap.flip();
        Map<Long, Stream> streams = new HashMap<>();
        while (lap.hasRemaining()) {
            int length = lap.getInt();
            int checksum = lap.getInt();
            ByteBuffer body = lap.duplicate().limit(lap.position() + HEADER - 8 + length);
            Expect.equal("checksum", checksum, checksum(body.duplicate()));
            lap.position(body.limit());
            body.getLong();
            streams.merge(body.getLong(), new Stream(1, body.getLong()), Stream::then);
        }
        return streams;
    }

    private void write(ByteBuffer bytes, long offset) throws IOException {
        long to = offset;
        while (bytes.hasRemaining()) {
            to += channel.write(bytes, to);
        }
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private record Stream(long events, long lastRevision) {
        Stream then(Stream next) {
            return new Stream(events + next.events, next.lastRevision);
        }
    }
}
