package io.esdb.raft;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.statemachine.StateMachine;

/** The real log of a group with one member, with a few segments, to be damaged. */
final class SmallLog {
    private final Path root;
    private final RaftGroup group;

    private SmallLog(Path root, RaftGroup group) {
        this.root = root;
        this.group = group;
    }

    SmallLog(Path root) {
        this(
                root,
                RaftGroup.valueOf(
                        RaftGroupId.valueOf(UUID.randomUUID()),
                        RaftPeer.newBuilder()
                                .setId("n1")
                                .setAddress("127.0.0.1:0")
                                .build()));
    }

    /** The same files at another place. */
    SmallLog copy(Path to) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(each -> !each.equals(root)).toList()) {
                Files.copy(file, to.resolve(root.relativize(file)));
            }
        }
        return new SmallLog(to, group);
    }

    /** Writes entries and stops; the mark, if there is one, says what Ratis acknowledged. */
    static SmallLog of(Path root, int entries) throws Exception {
        SmallLog log = new SmallLog(root);
        try (LogMark mark = log.mark();
                LogServer server = log.start(new MarkedLog(mark))) {
            server.awaitLeader();
            server.append(entries);
        }
        return log;
    }

    LogServer start(StateMachine.DataApi data) throws IOException {
        return start(data, LogIndex.NONE);
    }

    private LogServer start(StateMachine.DataApi data, LogIndex applied) throws IOException {
        return LogServer.start("n1", group, root, new LogServer.Machine(data, applied), new Parameters());
    }

    /** Starts the server with whatever is there, without any guard; returns where its log ends. */
    LogIndex startPlain() throws IOException {
        return startPlain(LogIndex.NONE);
    }

    LogIndex startPlain(LogIndex applied) throws IOException {
        try (LogServer server = start(StateMachine.DataApi.DEFAULT, applied)) {
            server.awaitLeader();
            var last = server.division().getRaftLog().getLastEntryTermIndex();
            return new LogIndex(last.getTerm(), last.getIndex());
        }
    }

    LogMark mark() throws IOException {
        return LogMark.open(root.resolve("mark"));
    }

    MemberRecord member(MemberRecord.State state) {
        Member self = new Member("n1", "127.0.0.1", 1);
        return new MemberRecord("orders", group.getGroupId().getUuid(), self, state, false, List.of());
    }

    /** Runs the guard with what the mark says. */
    void check(LogIndex applied) throws IOException {
        try (LogMark mark = mark()) {
            guard(mark).check(applied);
        }
    }

    LogGuard guard(LogMark mark) {
        return new LogGuard(member(MemberRecord.State.FORMED), folder(), mark, new ConfigurationFile(folder()));
    }

    /** Starts the server with whatever is there, without any guard; returns the members that it believes in. */
    List<String> startedMembers(LogIndex applied) throws IOException {
        try (LogServer server = start(StateMachine.DataApi.DEFAULT, applied)) {
            return server.division().getRaftConf().getCurrentPeers().stream()
                    .map(peer -> peer.getId().toString())
                    .toList();
        }
    }

    Path folder() {
        return root.resolve(group.getGroupId().getUuid().toString());
    }

    Path current() {
        return folder().resolve("current");
    }

    LogFiles read() throws IOException {
        return read(-1);
    }

    LogFiles read(long applied) throws IOException {
        return LogFiles.read(current(), applied);
    }

    List<LogSegmentFile> segments() throws IOException {
        return LogSegmentFile.in(current());
    }

    LogSegmentFile newest() throws IOException {
        List<LogSegmentFile> all = segments();
        return all.get(all.size() - 1);
    }

    /** Where an entry starts in its segment. */
    static long offset(LogSegmentFile segment, long index) throws IOException {
        byte[] bytes = Files.readAllBytes(segment.path());
        int at = 8;
        for (long i = segment.first(); i < index; i++) {
            // All entries here are shorter than 128 bytes, so that one byte holds the length.
            at += 1 + bytes[at] + Integer.BYTES;
        }
        return at;
    }

    static void write(Path file, long offset, byte[] bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            open.write(bytes);
        }
    }

    static void flip(Path file, long offset, int bit) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            int old = open.read();
            open.seek(offset);
            open.write(old ^ bit);
        }
    }
}
