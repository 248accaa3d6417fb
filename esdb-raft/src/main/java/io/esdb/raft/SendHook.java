package io.esdb.raft;

import java.util.Map;
import org.apache.ratis.grpc.server.GrpcServicesImpl;
import org.apache.ratis.util.CodeInjectionForTesting;
import org.apache.ratis.util.CodeInjectionForTesting.Code;
import org.jspecify.annotations.Nullable;

/** The one place where Ratis runs code of ours before it sends a vote request; one for the whole JVM. */
final class SendHook implements Code {
    private final @Nullable Code before;

    private SendHook(@Nullable Code before) {
        this.before = before;
    }

    /** Puts the hook in place, if it is not there, in front of what is there. */
    @SuppressWarnings("unchecked")
    static void install() {
        try {
            // There is no other way to see what is there.
            var field = CodeInjectionForTesting.class.getDeclaredField("INJECTION_POINTS");
            field.setAccessible(true);
            ((Map<String, Code>) field.get(null))
                    .compute(
                            GrpcServicesImpl.GRPC_SEND_SERVER_REQUEST,
                            (point, code) -> code instanceof SendHook ? code : new SendHook(code));
        } catch (ReflectiveOperationException | RuntimeException e) {
            CodeInjectionForTesting.put(GrpcServicesImpl.GRPC_SEND_SERVER_REQUEST, new SendHook(null));
        }
    }

    @Override
    public boolean execute(Object localId, Object remoteId, Object... args) {
        if (args.length > 0) {
            VoteSync.beforeSending(String.valueOf(localId), args[0]);
        }
        return before != null && before.execute(localId, remoteId, args);
    }
}
