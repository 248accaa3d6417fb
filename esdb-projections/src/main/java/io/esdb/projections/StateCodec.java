package io.esdb.projections;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * How states are kept as bytes. Called from any thread. What it throws is a failure of the event at hand.
 *
 * @param <S> the states
 */
public interface StateCodec<S> {
    /**
     * The bytes of a state.
     *
     * @throws Exception if it cannot be written
     */
    byte[] encode(S state) throws Exception;

    /**
     * The state that the bytes stand for.
     *
     * @throws Exception if they stand for none
     */
    S decode(byte[] bytes) throws Exception;

    /** Bytes as they are. */
    static StateCodec<byte[]> bytes() {
        return of(bytes -> bytes, bytes -> bytes);
    }

    /** Text in UTF-8. */
    static StateCodec<String> text() {
        return of(text -> text.getBytes(UTF_8), bytes -> new String(bytes, UTF_8));
    }

    /** Whole numbers in eight bytes, the highest first. */
    static StateCodec<Long> number() {
        return of(
                number -> ByteBuffer.allocate(Long.BYTES).putLong(number).array(),
                bytes -> ByteBuffer.wrap(bytes).getLong());
    }

    /** A codec of two functions. */
    static <S> StateCodec<S> of(Conversion<S, byte[]> encode, Conversion<byte[], S> decode) {
        Check.notNull("encode", encode);
        Check.notNull("decode", decode);
        return new StateCodec<>() {
            @Override
            public byte[] encode(S state) throws Exception {
                return encode.apply(state);
            }

            @Override
            public S decode(byte[] bytes) throws Exception {
                return decode.apply(bytes);
            }
        };
    }

    /**
     * One direction of a codec.
     *
     * @param <A> what is given
     * @param <B> what it becomes
     */
    @FunctionalInterface
    interface Conversion<A, B> {
        /**
         * Converts.
         *
         * @throws Exception if that cannot be done
         */
        B apply(A value) throws Exception;
    }
}
