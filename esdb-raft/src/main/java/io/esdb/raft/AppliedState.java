package io.esdb.raft;

import java.util.List;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.SnapshotInfo;

/** The store as a snapshot in the sense of Ratis. It has no files: images go by a way of their own. */
record AppliedState(TermIndex termIndex) implements SnapshotInfo {
    @Override
    public TermIndex getTermIndex() {
        return termIndex;
    }

    @Override
    public List<FileInfo> getFiles() {
        return List.of();
    }
}
