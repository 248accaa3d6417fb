package io.esdb.aggregates;

import io.esdb.EventData;
import io.esdb.InvalidInput;
import java.util.function.Function;

/**
 * How state becomes the data of a snapshot, and back. What the functions throw is a {@link SnapshotProblem}, and never
 * the failure of a command.
 *
 * <pre>{@code
 * JsonCodec<Account> codec = JsonCodec.of(Account.class);    // of esdb-json
 * StateMapping.json(codec::write, codec::read)
 * }</pre>
 *
 * @param <S> the state
 * @param contentType the MIME type of the data; a snapshot of another one is passed over
 * @param write the data of a state
 * @param read the state of such data
 */
public record StateMapping<S>(
        String contentType, Function<? super S, byte[]> write, Function<byte[], ? extends S> read) {
    /** @throws InvalidInput if a component is null */
    public StateMapping {
        Check.notNull("contentType", contentType);
        Check.notNull("write", write);
        Check.notNull("read", read);
    }

    /** State as JSON. */
    public static <S> StateMapping<S> json(Function<? super S, byte[]> write, Function<byte[], ? extends S> read) {
        return new StateMapping<>(EventData.JSON, write, read);
    }

    /** State as plain bytes. */
    public static <S> StateMapping<S> bytes(Function<? super S, byte[]> write, Function<byte[], ? extends S> read) {
        return new StateMapping<>(EventData.BYTES, write, read);
    }
}
