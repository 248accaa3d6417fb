package io.esdb.spi;

import io.esdb.InvalidInput;
import java.util.function.Function;

/**
 * A kind of question that any node can put to the leader of a store, and how it travels. See {@link StoreAccess}.
 *
 * @param topic its name, unique among all kinds; 1 to 64 characters
 * @param asking how a question is written
 * @param asked how a question is read; may throw anything if the bytes make no sense
 * @param answering how an answer is written
 * @param answered how an answer is read
 * @param <Q> the question
 * @param <A> the answer
 */
public record Question<Q, A>(
        String topic,
        Function<Q, byte[]> asking,
        Function<byte[], Q> asked,
        Function<A, byte[]> answering,
        Function<byte[], A> answered) {
    /** The most bytes of a question or an answer. */
    public static final int MOST_BYTES = 1 << 20;

    /** @throws InvalidInput if the topic is out of its bounds */
    public Question {
        if (topic.isEmpty() || topic.length() > 64) {
            throw new InvalidInput("topic", "must have 1 to 64 characters");
        }
    }
}
