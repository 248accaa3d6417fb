package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.StoreCorrupt;
import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A log that Ratis wrote, anew for each test, to be damaged and checked. */
abstract class LogGuardFixture {
    @TempDir
    static Path origin;

    static SmallLog written;
    static long last;

    @TempDir
    Path root;

    SmallLog log;

    @BeforeAll
    static void write() throws Exception {
        written = SmallLog.of(origin, 150);
        last = written.read().last().index();
        try (LogMark mark = written.mark()) {
            assertThat(mark.last()).isEqualTo(last);
        }
    }

    @BeforeEach
    void copy() throws IOException {
        log = written.copy(root);
    }

    long marked() throws IOException {
        try (LogMark mark = log.mark()) {
            return mark.last();
        }
    }

    AbstractThrowableAssert<?, ?> assertRefused(long applied) {
        return assertRefused(new LogIndex(1, applied));
    }

    AbstractThrowableAssert<?, ?> assertRefused(LogIndex applied) {
        return assertThatThrownBy(() -> log.check(applied))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("orders")
                .hasMessageContaining("Remove member 'n1'");
    }

    /** Cuts the newest segment before an entry, at the border. */
    void cutBefore(long index) throws IOException {
        LogSegmentFile newest = log.newest();
        SyncedFiles.truncate(newest.path(), SmallLog.offset(newest, index));
    }
}
