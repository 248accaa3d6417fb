package io.esdb.engine;

import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.QuestionFailed;
import io.esdb.Registration;
import io.esdb.format.AskedQuestion;
import io.esdb.format.FormatException;
import io.esdb.spi.Question;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The kinds of questions that this node can answer, and how they are written down: {@code topic | question}. */
final class Questions {
    private final String store;
    private final Map<String, Function<byte[], CompletionStage<byte[]>>> handlers = new ConcurrentHashMap<>();

    Questions(String store) {
        this.store = store;
    }

    <Q, A> byte[] encode(Question<Q, A> kind, Q question) {
        byte[] bytes = kind.asking().apply(question);
        if (bytes.length > Question.MOST_BYTES) {
            throw new LimitExceeded("question", Question.MOST_BYTES, bytes.length);
        }
        return new AskedQuestion(kind.topic(), bytes).encode();
    }

    <Q, A> Registration register(Question<Q, A> kind, Function<Q, CompletionStage<A>> handler) {
        Function<byte[], CompletionStage<byte[]>> inBytes =
                bytes -> handler.apply(kind.asked().apply(bytes)).thenApply(kind.answering());
        if (handlers.putIfAbsent(kind.topic(), inBytes) != null) {
            throw new InvalidInput("kind", "questions on '" + kind.topic() + "' are answered already");
        }
        return () -> handlers.remove(kind.topic(), inBytes);
    }

    CompletionStage<byte[]> answer(byte[] question) {
        try {
            AskedQuestion asked = AskedQuestion.decode(question);
            Function<byte[], CompletionStage<byte[]>> handler = handlers.get(asked.topic());
            return handler == null
                    ? failed("nobody answers questions on '" + asked.topic() + "'")
                    : handler.apply(asked.question());
        } catch (FormatException e) {
            return failed("not a question: " + e.getMessage());
        } catch (RuntimeException e) { // a handler's failure is the asker's, not the leader's
            return failed(e.toString());
        }
    }

    private <T> CompletionStage<T> failed(String reason) {
        return CompletableFuture.failedFuture(new QuestionFailed(store, reason));
    }
}
