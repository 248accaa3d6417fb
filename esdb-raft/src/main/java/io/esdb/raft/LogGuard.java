package io.esdb.raft;

import io.esdb.StoreCorrupt;
import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides before a Raft group is opened whether this node still holds all that it acknowledged. Ratis itself starts
 * with a log that was cut off, and refuses one with a torn tail that nobody was ever told of.
 */
final class LogGuard {
    private static final Logger LOG = LoggerFactory.getLogger(LogGuard.class);
    private final MemberRecord member;
    private final Path group;
    private final Path current;
    private final TermFile termFile;
    private final LogMark mark;
    private final ConfigurationFile configuration;

    /**
     * @param member this node's place in the group
     * @param group the group's folder
     * @param mark what this node acknowledged
     * @param configuration who belongs to the group
     */
    LogGuard(MemberRecord member, Path group, LogMark mark, ConfigurationFile configuration) {
        this.member = member;
        this.group = group;
        this.current = group.resolve("current");
        this.termFile = new TermFile(current);
        this.mark = mark;
        this.configuration = configuration;
    }

    /**
     * Checks the log, repairs a tail that was never acknowledged, and raises the mark to the end of the log, since
     * Ratis takes all it finds there as acknowledged. No server may have the group open.
     *
     * @param applied the last entry that the storage holds durably
     * @throws StoreCorrupt if something acknowledged is missing, or who belongs to the group: this member has to leave and
     *     join again, empty
     * @throws IOException if a file cannot be read or written
     */
    void check(LogIndex applied) throws IOException {
        LogFiles files = requireLog(applied);
        if (termFile.exists()) {
            requireMembers(files, applied);
        }
        mend(files, applied);
    }

    /** As {@link #check}, for a store that leaves its group for good: it need not know who belongs to it. */
    void checkLog(LogIndex applied) throws IOException {
        mend(requireLog(applied), applied);
    }

    private LogFiles requireLog(LogIndex applied) throws IOException {
        if (member.state() == MemberRecord.State.FORMED) {
            requirePresent();
        } else if (!termFile.exists() && !LogSegmentFile.in(current).isEmpty()) {
            throw refusal("the votes of this member are missing");
        }
        if (termFile.mend()) {
            LOG.atWarn()
                    .addKeyValue("store", member.store())
                    .log("Put back the last vote that left this member: its file had been written in part");
        }
        LogFiles files = LogFiles.read(current, applied.index());
        requireWhole(files, applied);
        return files;
    }

    private void mend(LogFiles files, LogIndex applied) throws IOException {
        if (LogRepair.isNeeded(files, applied.index())) {
            repair(files, applied);
        }
        if (termFile.exists()) {
            settle(files, applied);
        } else if (applied.term() > 0 && !member.founders().isEmpty()) {
            begin(applied.term());
        }
    }

    /** A store that was opened alone has terms already: the ones of its new group have to come after them. */
    private void begin(long term) throws IOException {
        SyncedFiles.createFolders(current);
        configuration.begin();
        termFile.raise(term);
    }

    private void requirePresent() throws IOException {
        if (!termFile.exists()) {
            throw refusal("the Raft log and the votes of this member are missing");
        }
        if (mark.last() < 0 && LogSegmentFile.in(current).isEmpty()) {
            throw refusal("the Raft log of this member is missing");
        }
    }

    private void requireWhole(LogFiles files, LogIndex applied) {
        String damage = files.damage().map(found -> " (" + found + ")").orElse("");
        long end = files.last().index();
        if (Math.max(applied.index(), end) < mark.last()) {
            throw refusal("the Raft log is whole up to entry " + end + damage + " and the storage holds entry "
                    + applied.index() + ", but entries up to " + mark.last() + " may have been acknowledged");
        }
        if (files.firstIndex() > applied.index() + 1) {
            throw refusal("the storage ends with entry " + applied.index() + ", but the Raft log starts with entry "
                    + files.firstIndex());
        }
        if (files.damage().isPresent() && !files.damage().get().tail()) {
            throw refusal("the Raft log is damaged before its last segment" + damage
                    + ", where the storage ends with entry " + applied.index());
        }
    }

    /** Ratis takes the founders for the members if it finds nothing about them. */
    private void requireMembers(LogFiles files, LogIndex applied) throws IOException {
        ConfigurationFile.Mending mending = configuration.mend(files.configuration(applied));
        if (mending == ConfigurationFile.Mending.UNKNOWN && !isNoneMissing(files, applied)) {
            throw refusal(
                    "the files that say who belongs to the cluster are missing or not whole, and the Raft log, which"
                            + " starts with entry " + files.firstIndex() + ", does not tell it");
        }
        if (mending == ConfigurationFile.Mending.PUT_BACK) {
            LOG.atWarn()
                    .addKeyValue("store", member.store())
                    .log("Put back who belongs to the cluster: the file had been written in part, or lost");
        }
    }

    /** Whether the log holds all that there ever was about the members. */
    private boolean isNoneMissing(LogFiles files, LogIndex applied) throws IOException {
        boolean whole = files.firstIndex() == 0 && files.last().index() >= applied.index();
        return applied.index() < 0 || whole || configuration.hasJustBegun();
    }

    private void repair(LogFiles files, LogIndex applied) throws IOException {
        Path aside = new LogRepair(group, files).run(applied.index());
        LOG.atWarn()
                .addKeyValue("store", member.store())
                .addKeyValue("damage", files.damage().map(LogDamage::toString).orElse("only entries that were applied"))
                .addKeyValue("kept", aside)
                .log("Cut off a part of the Raft log in which nothing acknowledged is missing from the store");
    }

    /** Ratis takes what it finds as synced, and its own term from a file whose last change a power cut may undo. */
    private void settle(LogFiles files, LogIndex applied) throws IOException {
        for (LogSegmentFile segment : LogSegmentFile.in(current)) {
            if (segment.open() || segment.end() == files.last().index()) {
                SyncedFiles.syncFile(segment.path());
            }
        }
        long term = Math.max(files.last().term(), applied.term());
        if (termFile.term() < term) {
            termFile.raise(term);
        }
        SyncedFiles.syncFolder(current);
        mark.reached(files.last().index());
        mark.force();
    }

    private StoreCorrupt refusal(String reason) {
        return new StoreCorrupt(
                member.store(),
                reason + ". Remove member '" + member.member() + "' from the cluster, delete this node's copy of the"
                        + " store with its folder " + group + ", and join again as a new member",
                null);
    }
}
