package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Leadership changes reach a user's listener in order, and never hold up the log. */
class LeadershipRelayTest {
    private final Queue<Runnable> queued = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();

    @Test
    void changes_come_in_order_on_the_executor_one_task_at_a_time() {
        LeadershipRelay relay = new LeadershipRelay("s", (leader, term) -> heard.add(leader + " " + term), queued::add);

        relay.changed(true, 1);
        relay.changed(false, 2);
        assertThat(heard).isEmpty();
        assertThat(queued).hasSize(1);
        queued.remove().run();
        relay.changed(true, 3);
        queued.remove().run();

        assertThat(heard).containsExactly("true 1", "false 2", "true 3");
    }

    @Test
    void a_listener_that_throws_hears_the_next_change() {
        LeadershipRelay relay = new LeadershipRelay(
                "s",
                (leader, term) -> {
                    heard.add("" + term);
                    throw new AssertionError("on purpose");
                },
                Runnable::run);

        relay.changed(true, 1);
        relay.changed(false, 2);

        assertThat(heard).containsExactly("1", "2");
    }
}
