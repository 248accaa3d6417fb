package io.esdb.raft;

import io.esdb.QuestionFailed;
import io.esdb.raft.PeerAnswer.Done;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Brings questions to the leader on another node. */
record LeaderQuestions(String store, String self, LeaderRoute route) implements RatisCommandLog.Questioner {
    @Override
    public CompletionStage<byte[]> ask(byte[] question, Duration patience) {
        return route.send(new PeerRequest.Ask(store, question), patience).thenApply(answer -> {
            if (answer instanceof Done done) {
                return done.bytes();
            }
            throw new QuestionFailed(store, "an answer that makes no sense: " + answer);
        });
    }
}
