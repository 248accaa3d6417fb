package io.esdb.raft;

import io.esdb.raft.MemberRecord.State;
import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A store that is in its group on this node: its log, its files, and what the group reports. */
final class OpenStore implements GroupEvents {
    private final String name;
    private final Path folder;
    private final Path groupFolder;
    private final RatisCommandLog log;
    private final LogMark mark;
    private final ConfigurationFile configuration;
    private final Membership membership;
    private final LeaderRoute route;
    private final NodeDuties duties;
    private volatile MemberRecord record;
    private volatile boolean closing;

    OpenStore(
            String name,
            Path folder,
            Path groupFolder,
            MemberRecord record,
            RatisCommandLog log,
            LogMark mark,
            Membership membership,
            LeaderRoute route,
            NodeDuties duties) {
        this.name = name;
        this.folder = folder;
        this.groupFolder = groupFolder;
        this.record = record;
        this.log = log;
        this.mark = mark;
        this.configuration = new ConfigurationFile(groupFolder);
        this.membership = membership;
        this.route = route;
        this.duties = duties;
    }

    String name() {
        return name;
    }

    RatisCommandLog log() {
        return log;
    }

    LogMark mark() {
        return mark;
    }

    ConfigurationFile configuration() {
        return configuration;
    }

    Membership membership() {
        return membership;
    }

    LeaderRoute route() {
        return route;
    }

    MemberRecord record() {
        return record;
    }

    void become(State state) throws IOException {
        MemberRecord changed = record.with(state);
        changed.write(folder);
        record = changed;
    }

    /** Its group is about to stop: what goes wrong from now on is nobody else's trouble. */
    void closes() {
        closing = true;
    }

    /** The node is gone: what waits for others will not hear of them. */
    void orphan() {
        log.nodeClosed();
        route.close();
    }

    boolean isClosing() {
        return closing;
    }

    /** Checks the files of the group before a server opens them. */
    void guard() throws IOException {
        LogIndex stored = log.consumer().sync();
        new LogGuard(record, groupFolder, mark, configuration).check(stored);
    }

    StoreMachine newMachine() {
        StoreMachine machine = new StoreMachine(log.consumer(), log.applier(), mark, configuration, this);
        log.group().fedTo(machine);
        return machine;
    }

    @Override
    public void leaderChanged(String leader) {
        log.wake();
    }

    @Override
    public void leaderReady() {
        log.wake();
    }

    @Override
    public void logFailed(Throwable cause) {
        if (closing) {
            return;
        }
        log.problems().set("log", "the Raft log cannot be written: " + cause);
        duties.restartServer("the Raft log of store '" + name + "' cannot be written", cause);
    }

    @Override
    public CompletableFuture<LogIndex> imageWanted(Member leader, long first) {
        return duties.fetchImage(this, leader, first);
    }
}
