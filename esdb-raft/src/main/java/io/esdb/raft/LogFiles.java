package io.esdb.raft;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.jspecify.annotations.Nullable;

/** What lies in the log of a Raft group, read without starting a server. */
final class LogFiles {
    private final long applied;
    private final List<Path> obsolete = new ArrayList<>();
    private final List<Path> seen = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private LogIndex last = LogIndex.NONE;
    private @Nullable LogDamage damage;
    private @Nullable LogEntryProto configuration;

    /** A segment and how many of its entries belong to the log. */
    private record Part(LogSegmentFile segment, long entries) {}

    private LogFiles(long applied) {
        this.applied = applied;
    }

    /**
     * Reads a group's folder {@code current} up to the first damage; a missing folder is an empty log.
     *
     * @param applied the index up to which the storage holds everything, so that gaps and damage before it do not
     *     matter; -1 if they do
     * @throws IOException if a file cannot be read
     */
    static LogFiles read(Path current, long applied) throws IOException {
        LogFiles files = new LogFiles(applied);
        List<LogSegmentFile> segments = LogSegmentFile.in(current);
        for (int i = 0; i < segments.size(); i++) {
            files.add(segments.get(i), i == segments.size() - 1);
        }
        return files;
    }

    private void add(LogSegmentFile segment, boolean newest) throws IOException {
        boolean follows = damage == null && (parts.isEmpty() || segment.first() == last.index() + 1);
        if (!follows && segment.first() <= applied + 1) {
            forgetEarlier();
            follows = true;
        }
        seen.add(segment.path());
        if (follows) {
            scan(segment, newest);
        } else if (damage == null) {
            damage = new LogDamage(segment.path(), 0, false, true, "the entries before this segment are missing");
        }
    }

    /** A crash while Ratis drops old segments leaves a gap behind the oldest one. */
    private void forgetEarlier() {
        obsolete.addAll(seen);
        seen.clear();
        parts.clear();
        last = LogIndex.NONE;
        damage = null;
    }

    private void scan(LogSegmentFile segment, boolean newest) throws IOException {
        LogSegmentFile.Content content = segment.scan(applied);
        boolean some = content.entries() > 0;
        if (some) {
            parts.add(new Part(segment, content.entries()));
            last = new LogIndex(content.term(), segment.first() + content.entries() - 1);
        }
        if (content.configuration() != null) {
            configuration = content.configuration();
        }
        if (!content.fault().isEmpty()) {
            damage = new LogDamage(segment.path(), content.bytes(), some, newest, content.fault());
        }
    }

    /** The index of the first entry; entries before it were dropped because the storage holds them. -1 if empty. */
    long firstIndex() {
        return parts.isEmpty() ? -1 : parts.get(0).segment().first();
    }

    /** The last entry up to which the log is whole; {@link LogIndex#NONE} if empty. */
    LogIndex last() {
        return last;
    }

    /** The first place at which the log is not whole. */
    Optional<LogDamage> damage() {
        return Optional.ofNullable(damage);
    }

    /**
     * The last entry about the members of the group that is committed for certain: each leader begins its term with one,
     * so one of the term of an applied entry, and before it, was in the log of the same leader. Null if there is none.
     */
    @Nullable
    LogEntryProto configuration(LogIndex at) {
        LogEntryProto found = configuration;
        return found != null && found.getTerm() == at.term() ? found : null;
    }

    /** The segments that only hold entries which the storage holds, with a gap or damage behind them. */
    List<Path> obsolete() {
        return List.copyOf(obsolete);
    }

    /** All other segments in order, the ones behind the damage included. */
    List<Path> segments() {
        return List.copyOf(seen);
    }

    /** The segment with the last whole entry. */
    Optional<LogSegmentFile> newest() {
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(parts.get(parts.size() - 1).segment());
    }

    /** Hands over the whole entries from an index on. */
    void forEach(long fromIndex, EntryVisitor visitor) throws IOException {
        for (Part part : parts) {
            if (part.segment().first() + part.entries() > fromIndex) {
                part.segment().forEach(part.entries(), (at, data) -> {
                    if (at.index() >= fromIndex) {
                        visitor.visit(at, data);
                    }
                });
            }
        }
    }
}
