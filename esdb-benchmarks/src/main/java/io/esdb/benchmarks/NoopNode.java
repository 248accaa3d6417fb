package io.esdb.benchmarks;

import io.esdb.raft.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/** Bare Ratis: an entry an append, straight into the division, and nothing done with what is committed. */
final class NoopNode implements Node {
    private static final RaftGroupId GROUP = RaftGroupId.valueOf(new UUID(1, 1));

    private final ClientId client = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final NoopMachine machine = new NoopMachine();
    private final Samples samples = Samples.small();
    private final RaftServer server;

    NoopNode(Path root, Member self, List<Member> members) throws IOException {
        Path groups = root.resolve("groups");
        List<RaftPeer> peers = members.stream().map(NoopNode::peer).toList();
        server = RaftServer.newBuilder()
                .setServerId(RaftPeerId.valueOf(self.name()))
                .setGroup(RaftGroup.valueOf(GROUP, peers))
                .setStateMachineRegistry(group -> machine)
                .setOption(
                        Files.isDirectory(groups)
                                ? RaftStorage.StartupOption.RECOVER
                                : RaftStorage.StartupOption.FORMAT)
                .setProperties(NoopSettings.of(root, groups, self))
                .build();
        server.start();
    }

    private static RaftPeer peer(Member member) {
        return RaftPeer.newBuilder()
                .setId(member.name())
                .setAddress(member.address())
                .build();
    }

    @Override
    public boolean leads() {
        return info().isLeader() && info().isLeaderReady();
    }

    @Override
    public long applied() {
        return info().getLastAppliedIndex();
    }

    @Override
    public void append(int caller) throws Exception {
        RaftClientReply reply = submit(samples.event(caller + calls.get()).data());
        if (!reply.isSuccess()) {
            throw new IllegalStateException("an append failed", reply.getException());
        }
        acknowledged.incrementAndGet();
    }

    private RaftClientReply submit(byte[] data) throws IOException {
        RaftClientRequest request = RaftClientRequest.newBuilder()
                .setClientId(client)
                .setServerId(server.getId())
                .setGroupId(GROUP)
                .setCallId(calls.incrementAndGet())
                .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(data)))
                .setType(RaftClientRequest.writeRequestType())
                .build();
        return ((RaftClientAsynchronousProtocol) server.getDivision(GROUP))
                .submitClientRequestAsync(request)
                .join();
    }

    @Override
    public boolean appendSomehow() throws Exception {
        long term = info().getCurrentTerm();
        while (true) {
            if (leads() && submitted()) {
                return true;
            }
            DivisionInfo info = info();
            if (info.getCurrentTerm() > term && info.getLeaderId() != null && !info.isLeader()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private boolean submitted() throws IOException {
        try {
            return submit(samples.event(0).data()).isSuccess();
        } catch (CompletionException e) {
            return false;
        }
    }

    @Override
    public void verify() {
        if (machine.transactions() < acknowledged.get()) {
            throw new IllegalStateException(acknowledged + " acknowledged, but applied " + machine.transactions());
        }
    }

    private DivisionInfo info() {
        try {
            return server.getDivision(GROUP).getInfo();
        } catch (IOException e) {
            throw new IllegalStateException("the group is not there", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
