package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.Registration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private final Leadership leadership = new Leadership("orders");
    private final List<String> told = new ArrayList<>();

    private void tell(boolean leader, long term) {
        told.add((leader ? "leads " : "follows ") + term);
    }

    private void observe(boolean leading, long term) {
        leadership.observe(new Standing(leading, null, term));
    }

    @Test
    void a_listener_hears_at_once_how_things_are() {
        observe(true, 5);

        leadership.listen(this::tell);

        assertThat(told).containsExactly("leads 5");
    }

    @Test
    void each_change_is_told_once_and_in_order() {
        leadership.listen(this::tell);
        observe(true, 5);
        observe(true, 5);
        observe(false, 6);
        observe(false, 7);
        observe(true, 8);

        assertThat(told).containsExactly("follows 0", "leads 5", "follows 6", "leads 8");
    }

    @Test
    void leading_again_in_a_later_term_is_a_change() {
        leadership.listen(this::tell);
        observe(true, 5);
        observe(true, 7);

        assertThat(told).containsExactly("follows 0", "leads 5", "leads 7");
    }

    @Test
    void the_term_never_goes_back() {
        leadership.listen(this::tell);
        observe(true, 5);
        observe(false, 0);

        assertThat(told).containsExactly("follows 0", "leads 5", "follows 5");
    }

    @Test
    void every_listener_is_told_even_if_one_before_it_fails() {
        leadership.listen((leader, term) -> {
            throw new IllegalStateException("on purpose");
        });
        leadership.listen(this::tell);

        observe(true, 5);

        assertThat(told).containsExactly("follows 0", "leads 5");
    }

    @Test
    void a_closed_registration_ends_the_telling() {
        Registration first = leadership.listen(this::tell);
        leadership.listen(this::tell);
        told.clear();

        first.close();
        observe(true, 5);

        assertThat(told).containsExactly("leads 5");
    }
}
