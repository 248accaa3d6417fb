package io.esdb.raft;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.server.raftlog.segmented.SegmentedRaftLogFormat;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;
import org.apache.ratis.util.SizeInBytes;
import org.jspecify.annotations.Nullable;

/**
 * One segment file of a Ratis log.
 *
 * @param path the file
 * @param first the index its first entry should have
 * @param end the index its last entry should have; -1 for the segment that is still written
 */
record LogSegmentFile(Path path, long first, long end) {
    /** Far above the largest entry that the settings allow. */
    private static final SizeInBytes ENTRY_LIMIT = SizeInBytes.valueOf("64MB");

    private static final Pattern CLOSED = Pattern.compile("log_(\\d+)-(\\d+)");
    private static final Pattern OPEN = Pattern.compile("log_inprogress_(\\d+)");
    private static final int CHECKSUM = Integer.BYTES;

    /**
     * What a segment holds.
     *
     * @param entries how many entries are whole
     * @param term the term of the last of them, 0 if there is none
     * @param bytes where the last of them ends
     * @param fault what follows instead of the next one; empty if nothing is missing
     * @param configuration the last of them about the members of the group, up to a given index; null if there is none
     */
    record Content(
            long entries,
            long term,
            long bytes,
            String fault,
            @Nullable LogEntryProto configuration) {}

    /** The segments in a folder in order; none if the folder is missing. */
    static List<LogSegmentFile> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(LogSegmentFile::of)
                    .sorted(Comparator.comparingLong(LogSegmentFile::first))
                    .toList();
        }
    }

    private static Stream<LogSegmentFile> of(Path path) {
        String name = String.valueOf(path.getFileName());
        Matcher closed = CLOSED.matcher(name);
        if (closed.matches()) {
            return Stream.of(
                    new LogSegmentFile(path, Long.parseLong(closed.group(1)), Long.parseLong(closed.group(2))));
        }
        Matcher open = OPEN.matcher(name);
        return open.matches() && path.toFile().length() > 0
                ? Stream.of(new LogSegmentFile(path, Long.parseLong(open.group(1)), -1))
                : Stream.empty();
    }

    boolean open() {
        return end < 0;
    }

    /** The name of this segment once it ends with {@code last}. */
    Path endingWith(long last) {
        return open() ? path : path.resolveSibling("log_" + first + "-" + last);
    }

    /**
     * Reads all whole entries and says what they are followed by.
     *
     * @param upTo the last index whose entry may be the {@code configuration}
     * @throws IOException if the bytes cannot be read; bytes that make no sense are a fault
     */
    Content scan(long upTo) throws IOException {
        Scan scan = new Scan(upTo);
        try {
            read(scan);
        } catch (IOException | RuntimeException e) {
            requireReadable();
            return scan.content(String.valueOf(e.getMessage()));
        }
        return scan.content(
                open() ? restOf(scan.bytes) : scan.entries == end - first + 1 ? "" : "the segment ends here");
    }

    /** Hands over the first entries, as many as were found whole. */
    void forEach(long entries, EntryVisitor visitor) throws IOException {
        long[] left = {entries};
        try {
            read(entry -> {
                if (left[0] > 0) {
                    visitor.visit(at(entry), data(entry));
                    left[0]--;
                }
            });
        } catch (IOException | RuntimeException e) {
            // What follows the whole entries does not matter here.
            if (left[0] > 0) {
                throw e;
            }
        }
    }

    private void read(Consumer<LogEntryProto> consumer) throws IOException {
        LogSegment.readSegmentFile(
                path.toFile(),
                LogSegmentPath.matchLogSegment(path).getStartEnd(),
                ENTRY_LIMIT,
                CorruptionPolicy.EXCEPTION,
                null,
                consumer);
    }

    private void requireReadable() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Ratis reads an entry that is cut off by the end of the file as if there were none, so look for its bytes. */
    private String restOf(long whole) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            in.skipNBytes(whole);
            byte[] part = new byte[8192];
            for (int n = in.read(part); n > 0; n = in.read(part)) {
                for (int i = 0; i < n; i++) {
                    if (!SegmentedRaftLogFormat.isTerminator(part[i])) {
                        return "an entry is cut off";
                    }
                }
            }
            return "";
        }
    }

    private static LogIndex at(LogEntryProto entry) {
        return new LogIndex(entry.getTerm(), entry.getIndex());
    }

    private static byte[] data(LogEntryProto entry) {
        return entry.getStateMachineLogEntry().getLogData().toByteArray();
    }

    private final class Scan implements Consumer<LogEntryProto> {
        private final long upTo;
        private long entries;
        private long term;
        private long bytes = SegmentedRaftLogFormat.getHeaderLength();
        private @Nullable LogEntryProto configuration;

        Scan(long upTo) {
            this.upTo = upTo;
        }

        @Override
        public void accept(LogEntryProto entry) {
            if (entry.getIndex() != first + entries) {
                throw new IllegalStateException(
                        "entry " + entry.getIndex() + " is where entry " + (first + entries) + " should be");
            }
            entries++;
            term = entry.getTerm();
            if (entry.hasConfigurationEntry() && entry.getIndex() <= upTo) {
                configuration = entry;
            }
            int size = entry.getSerializedSize();
            bytes += CodedOutputStream.computeUInt32SizeNoTag(size) + size + CHECKSUM;
        }

        Content content(String fault) {
            return new Content(entries, term, bytes, fault, configuration);
        }
    }
}
