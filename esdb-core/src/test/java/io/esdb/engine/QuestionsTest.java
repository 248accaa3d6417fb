package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.QuestionFailed;
import io.esdb.Registration;
import io.esdb.spi.Question;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Questions find who answers them, and failures find who asked. */
class QuestionsTest {
    private static final Question<String, Integer> LENGTH = new Question<>(
            "length",
            text -> text.getBytes(StandardCharsets.UTF_8),
            bytes -> new String(bytes, StandardCharsets.UTF_8),
            length -> new byte[] {length.byteValue()},
            bytes -> (int) bytes[0]);

    private final Questions questions = new Questions("s");

    @Test
    void a_question_is_answered_by_who_registered_for_its_kind() throws Exception {
        Registration unused = questions.register(LENGTH, text -> CompletableFuture.completedFuture(text.length()));

        assertThat(LENGTH.answered().apply(answer("four"))).isEqualTo(4);
    }

    @Test
    void a_question_that_nobody_answers_fails() {
        assertFails("nobody answers");
    }

    @Test
    void nobody_answers_after_the_registration_was_closed() {
        questions.register(LENGTH, text -> CompletableFuture.completedFuture(0)).close();

        assertFails("nobody answers");
    }

    @Test
    void what_a_handler_throws_is_the_askers_failure() {
        Registration unused = questions.register(LENGTH, text -> {
            throw new IllegalStateException("on purpose");
        });

        assertFails("on purpose");
    }

    @Test
    void a_kind_is_answered_by_one_only() {
        Registration unused = questions.register(LENGTH, text -> CompletableFuture.completedFuture(0));

        assertThatThrownBy(() -> questions.register(LENGTH, text -> CompletableFuture.completedFuture(1)))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void bytes_that_are_no_question_are_refused() {
        assertThat(questions.answer(new byte[] {127})).failsWithin(Duration.ZERO);
    }

    @Test
    void a_question_may_not_be_huge() {
        assertThatThrownBy(() -> questions.encode(LENGTH, "x".repeat(Question.MOST_BYTES + 1)))
                .isInstanceOf(LimitExceeded.class);
    }

    @Test
    void a_topic_has_1_to_64_characters() {
        assertThatThrownBy(() -> kind("")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> kind("x".repeat(65))).isInstanceOf(InvalidInput.class);
        assertThat(kind("x".repeat(64)).topic()).hasSize(64);
    }

    private static Question<byte[], byte[]> kind(String topic) {
        return new Question<>(topic, bytes -> bytes, bytes -> bytes, bytes -> bytes, bytes -> bytes);
    }

    private byte[] answer(String question) throws Exception {
        CompletionStage<byte[]> answer = questions.answer(questions.encode(LENGTH, question));
        return answer.toCompletableFuture().get();
    }

    private void assertFails(String why) {
        assertThatThrownBy(() -> answer("x"))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(QuestionFailed.class)
                .hasMessageContaining(why);
    }
}
