package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EsdbException;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreClosed;
import io.esdb.StoreCorrupt;
import io.esdb.StoreFailed;
import io.esdb.StoreLocked;
import io.esdb.StoreOverloaded;
import io.esdb.StoreProblem;
import io.esdb.StoreTooNew;
import io.esdb.StoreUnavailable;
import io.esdb.format.FormatException;
import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void each_kind_of_failed_read_is_a_type_of_its_own(Kind kind) {
        Class<? extends EsdbException> expected = switch (kind) {
            case CORRUPT -> StoreCorrupt.class;
            case LOCKED -> StoreLocked.class;
            case TOO_NEW -> StoreTooNew.class;
            case CLOSED -> StoreClosed.class;
            case FULL, UNAVAILABLE -> StoreUnavailable.class;
            case IO -> StoreFailed.class;
        };

        EsdbException failure = Failures.ofRead("s", new StorageException(kind, "what happened", null));

        assertThat(failure).isExactlyInstanceOf(expected).hasMessageContaining("s");
        if (failure instanceof StoreProblem problem) {
            assertThat(problem.store()).isEqualTo("s");
            assertThat(problem.reason()).isEqualTo("what happened");
            assertThat(problem).hasMessageContaining("what happened");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_failed_write_is_indeterminate_unless_it_was_surely_refused(Kind kind) {
        Class<? extends EsdbException> expected = switch (kind) {
            case CLOSED -> StoreClosed.class;
            case UNAVAILABLE -> StoreUnavailable.class;
            case CORRUPT, LOCKED, TOO_NEW, FULL, IO -> IndeterminateAppend.class;
        };

        EsdbException failure = Failures.ofWrite("s", new StorageException(kind, "what happened", null));

        assertThat(failure).isExactlyInstanceOf(expected);
    }

    @Test
    void bytes_that_fit_no_format_are_damage() {
        assertThat(Failures.ofRead("s", new FormatException("no")))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("no");
    }

    @Test
    void what_stages_wrap_is_unwrapped() {
        StoreOverloaded inner = new StoreOverloaded("s");

        assertThat(Failures.ofWrite("s", new CompletionException(new ExecutionException(inner))))
                .isSameAs(inner);
    }

    @Test
    void what_nobody_foresaw_is_indeterminate() {
        IllegalStateException cause = new IllegalStateException();

        assertThat(Failures.ofWrite("s", cause))
                .isInstanceOf(IndeterminateAppend.class)
                .hasCause(cause);
    }

    @Test
    void a_result_passes_unchanged() {
        assertThat(Failures.translated("s", () -> "result")).isEqualTo("result");
    }
}
