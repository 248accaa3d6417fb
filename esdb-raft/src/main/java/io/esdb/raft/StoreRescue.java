package io.esdb.raft;

import io.esdb.InvalidInput;
import io.esdb.StoreLocked;
import io.esdb.raft.Applier.Committed;
import io.esdb.raft.MemberRecord.State;
import io.esdb.spi.LogConsumer;
import io.esdb.spi.LogEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rescues one store, step by step. First the log goes aside, and with it the way back into the cluster, as what is
 * applied then may never have been committed. The member record goes last: until then the rescue can only be repeated.
 */
final class StoreRescue {
    private static final Logger LOG = LoggerFactory.getLogger(StoreRescue.class);
    private static final int MOST_ENTRIES = 512;

    private final Path raft;
    private final String store;
    private final Path folder;
    private final LogConsumer consumer;

    StoreRescue(Path raft, String store, Path folder, LogConsumer consumer) {
        this.raft = raft;
        this.store = store;
        this.folder = folder;
        this.consumer = consumer;
    }

    RescueLog run() throws IOException {
        MemberRecord record = member();
        Path group = group(record);
        requireUnused(group);
        check(record, group);
        long before = consumer.applied().index();
        Path aside = setAside(record, group);
        apply(aside);
        consumer.sync();
        SyncedFiles.delete(folder.resolve(StoreStart.MARK));
        SyncedFiles.delete(folder.resolve(MemberRecord.FILE));
        LOG.atWarn()
                .addKeyValue("store", store)
                .addKeyValue("applied", consumer.applied().index())
                .addKeyValue("fromLog", consumer.applied().index() - before)
                .addKeyValue("oldLog", aside)
                .log("The store was taken out of its cluster");
        return new RescueLog(store, record.member(), consumer);
    }

    private MemberRecord member() throws IOException {
        MemberRecord record = MemberRecord.read(folder)
                .orElseThrow(() -> new InvalidInput("store", "'" + store + "' belongs to no cluster"));
        if (record.state() == State.FORMING || record.isJoining()) {
            throw new InvalidInput("store", "'" + store + "' was not part of its cluster here yet: nothing to rescue");
        }
        return record;
    }

    /** Where the group's folder lies, whether the node had the store open when it ended or not. */
    private Path group(MemberRecord record) {
        String name = record.group().toString();
        return Stream.of(rescued(), RatisServer.groups(raft), RatisServer.parked(raft))
                .map(parent -> parent.resolve(name))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(RatisServer.groups(raft).resolve(name));
    }

    private Path rescued() {
        return raft.resolve("rescued");
    }

    /** The storage is ours already; this finds a node that runs the group on another storage. */
    private void requireUnused(Path group) throws IOException {
        Path lock = group.resolve("in_use.lock");
        if (!Files.exists(lock)) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(lock.toFile(), "rw");
                FileLock ours = file.getChannel().tryLock()) {
            if (ours == null) {
                throw new StoreLocked(store, "another process runs its Raft log in " + group, null);
            }
        } catch (OverlappingFileLockException e) {
            throw new StoreLocked(store, "this process runs its Raft log in " + group, e);
        }
    }

    private void check(MemberRecord record, Path group) throws IOException {
        try (LogMark mark = LogMark.open(folder.resolve(StoreStart.MARK))) {
            new LogGuard(record, group, mark, new ConfigurationFile(group)).checkLog(consumer.sync());
        }
    }

    private Path setAside(MemberRecord record, Path group) throws IOException {
        Path aside = rescued().resolve(record.group().toString());
        if (Files.isDirectory(group) && !group.equals(aside)) {
            if (record.state() == State.AGREED) {
                record.with(State.FORMED).write(folder); // so that a node misses the log
            }
            SyncedFiles.createFolders(rescued());
            SyncedFiles.move(group, aside);
        }
        return aside;
    }

    private void apply(Path group) throws IOException {
        long applied = consumer.applied().index();
        List<LogEntry> batch = new ArrayList<>();
        LogFiles.read(group.resolve("current"), applied).forEach(applied + 1, (at, data) -> {
            batch.add(new Committed(at, CommittedItems.of(at, ByteBuffer.wrap(data)), new CompletableFuture<>())
                    .toLogEntry());
            if (batch.size() == MOST_ENTRIES) {
                flush(batch);
            }
        });
        flush(batch);
    }

    private void flush(List<LogEntry> batch) {
        if (!batch.isEmpty()) {
            List<byte[]> unused = consumer.apply(List.copyOf(batch));
            batch.clear();
        }
    }
}
