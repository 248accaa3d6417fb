package io.esdb.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a storage fails as it promises. */
final class Failures {
    private Failures() {}

    static StorageException assertFails(Kind kind, ThrowingCallable call) {
        StorageException failure = catchThrowableOfType(StorageException.class, call);
        assertThat(failure).as("a failure of kind " + kind).isNotNull();
        assertThat(failure.kind()).as(failure.toString()).isEqualTo(kind);
        return failure;
    }
}
