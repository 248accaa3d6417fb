package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final RefusalLog log = new RefusalLog(nanos::get);

    @Test
    void the_first_refusals_are_told_and_the_next_one_after_a_while_says_how_many_were_left_out() {
        try (CapturedLog captured = new CapturedLog(MemberGuard.class)) {
            refuse(RefusalLog.MOST + 7);
            assertThat(captured.events()).hasSize(RefusalLog.MOST).allMatch(event -> event.getLevel() == Level.WARN);

            nanos.addAndGet(TimeUnit.SECONDS.toNanos(RefusalLog.WHILE_SECONDS) - 1);
            refuse(1);
            assertThat(captured.events()).hasSize(RefusalLog.MOST);

            nanos.incrementAndGet();
            refuse(2);
            List<ILoggingEvent> last = captured.events().subList(RefusalLog.MOST, RefusalLog.MOST + 2);
            assertThat(CapturedLog.value(last.get(0), "leftOut")).isEqualTo(8L);
            assertThat(CapturedLog.value(last.get(1), "leftOut")).isEqualTo(0L);
            assertThat(CapturedLog.value(last.get(0), "reason")).isEqualTo("a reason");
        }
    }

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            log.add(null, "method", "a reason");
        }
    }
}
