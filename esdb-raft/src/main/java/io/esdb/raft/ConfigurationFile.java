package io.esdb.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import org.jspecify.annotations.Nullable;

/**
 * Ratis' file with the members of a group, {@code raft-meta.conf}: the last entry about them that was committed. Without
 * it Ratis believes in the founders as soon as the log has dropped that entry, even if they were all removed since; and
 * when the disk is full, Ratis puts in its place what it could write of the next one, maybe nothing, or a power cut brings
 * an old one back. So there is a copy beside it, on disk before the log may drop the entry. Safe to use from any thread.
 */
final class ConfigurationFile {
    private final Path path;
    private final Path kept;

    /** @param group the group's folder */
    ConfigurationFile(Path group) {
        this.path = group.resolve("current").resolve("raft-meta.conf");
        this.kept = group.resolve("configuration");
    }

    /** A group begins whose log never had the entries that are in the store already: none of them was about members. */
    synchronized void begin() throws IOException {
        SyncedFiles.replace(kept, new byte[0]);
    }

    /** Whether the group has begun so, and no entry about its members was kept since. */
    synchronized boolean hasJustBegun() throws IOException {
        return Files.exists(kept) && Files.size(kept) == 0;
    }

    /** Keeps an entry that was committed, unless a later one was kept already. */
    synchronized void keep(LogEntryProto committed) throws IOException {
        if (isLater(committed, read(kept))) {
            SyncedFiles.replace(kept, committed.toByteArray());
        }
    }

    /** The last entry that was kept. */
    synchronized Optional<LogEntryProto> kept() throws IOException {
        return Optional.ofNullable(read(kept));
    }

    /**
     * Lets Ratis find the last entry that is known to be committed, and keeps it. No server may have the group open.
     *
     * @param logged the last one in the log that is committed for certain; null if there is none
     * @return what became of Ratis' file
     */
    synchronized Mending mend(@Nullable LogEntryProto logged) throws IOException {
        LogEntryProto found = read(path);
        LogEntryProto known = read(kept);
        if (found != null && (known == null || (isApplied(found) && isLater(found, known)))) {
            known = found;
        }
        if (logged != null && isLater(logged, known)) {
            known = logged;
        }
        if (known == null) {
            Files.deleteIfExists(path);
            return Mending.UNKNOWN;
        }
        keep(known);
        if (found != null && found.getIndex() == known.getIndex()) {
            return Mending.NOT_NEEDED;
        }
        SyncedFiles.replace(path, known.toByteArray());
        return isLater(known, found) ? Mending.PUT_BACK : Mending.TAKEN_BACK;
    }

    enum Mending {
        NOT_NEEDED,
        /** Ratis' file was missing, not whole, or older. */
        PUT_BACK,
        /** Ratis' file held what a leader had said that maybe was never committed. */
        TAKEN_BACK,
        /** There is no whole entry anywhere. */
        UNKNOWN
    }

    /** A leader that has no log for this node any more tells its members without a term, committed or not. */
    static boolean isApplied(LogEntryProto entry) {
        return entry.getTerm() > 0;
    }

    private static boolean isLater(LogEntryProto entry, @Nullable LogEntryProto other) {
        return other == null || entry.getIndex() > other.getIndex();
    }

    /** The entry in a file; null if it is missing or not whole. */
    private static @Nullable LogEntryProto read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            LogEntryProto entry = LogEntryProto.parseFrom(Files.readAllBytes(file));
            return entry.hasConfigurationEntry() ? entry : null;
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }
}
