package io.esdb.raft;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;

/** Ratis over gRPC, with its {@link Appenders} at hand. Ratis makes it by its class name. */
final class RatisRpc implements RpcType {
    private static final String APPENDERS = "esdb.appenders";

    /** Called by Ratis. */
    RatisRpc() {}

    /** Says where the appenders of a server are to be known. */
    static void setAppenders(Parameters parameters, Appenders appenders) {
        parameters.put(APPENDERS, appenders, Appenders.class);
    }

    @Override
    public String name() {
        return RatisRpc.class.getName();
    }

    @Override
    public RpcFactory newFactory(Parameters parameters) {
        return new Factory(parameters, parameters.get(APPENDERS, Appenders.class));
    }

    private static final class Factory extends GrpcFactory {
        private final Appenders appenders;

        Factory(Parameters parameters, Appenders appenders) {
            super(parameters);
            this.appenders = appenders;
        }

        @Override
        public LogAppender newLogAppender(RaftServer.Division division, LeaderState state, FollowerInfo follower) {
            LogAppender appender = super.newLogAppender(division, state, follower);
            appenders.add(division.getMemberId().getGroupId(), appender);
            return appender;
        }
    }
}
