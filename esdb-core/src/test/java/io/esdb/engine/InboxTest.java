package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.engine.Inbox.Letter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InboxTest {
    private final Inbox inbox = new Inbox();

    @Test
    void a_batch_holds_a_bounded_number_of_commands() {
        for (int i = 0; i < Inbox.MOST_COMMANDS + 3; i++) {
            inbox.add(new Letter(new byte[1]));
        }

        assertThat(inbox.take()).hasSize(Inbox.MOST_COMMANDS);
        assertThat(inbox.take()).hasSize(3);
    }

    @Test
    void a_batch_ends_with_the_command_that_fills_it() {
        byte[] half = new byte[(int) Inbox.MOST_BYTES / 2];
        for (int i = 0; i < 5; i++) {
            inbox.add(new Letter(half));
        }

        assertThat(inbox.take()).hasSize(2);
        assertThat(inbox.take()).hasSize(2);
        assertThat(inbox.take()).hasSize(1);
    }

    @Test
    void a_command_larger_than_a_batch_makes_one_of_its_own() {
        inbox.add(new Letter(new byte[(int) Inbox.MOST_BYTES + 1]));
        inbox.add(new Letter(new byte[1]));

        assertThat(inbox.take()).hasSize(1);
    }

    @Test
    void letters_leave_in_the_order_of_their_arrival() {
        for (int i = 0; i < 10; i++) {
            inbox.add(new Letter(new byte[] {(byte) i}));
        }

        List<Letter> taken = inbox.take();

        for (int i = 0; i < 10; i++) {
            assertThat(taken.get(i).command()).containsExactly(i);
        }
    }

    @Test
    void a_closed_inbox_takes_nothing_and_gives_what_it_had() {
        assertThat(inbox.add(new Letter(new byte[1]))).isTrue();
        inbox.close();

        assertThat(inbox.add(new Letter(new byte[1]))).isFalse();
        assertThat(inbox.take()).hasSize(1);
        assertThat(inbox.take()).isEmpty();
    }

    @Test
    void whoever_waits_is_woken_by_a_letter() throws Exception {
        CompletableFuture<List<Letter>> taken = CompletableFuture.supplyAsync(inbox::take);
        inbox.add(new Letter(new byte[1]));

        assertThat(taken.get(20, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void whoever_waits_is_woken_by_the_end() throws Exception {
        CompletableFuture<List<Letter>> taken = CompletableFuture.supplyAsync(inbox::take);
        inbox.close();

        assertThat(taken.get(20, TimeUnit.SECONDS)).isEmpty();
    }
}
