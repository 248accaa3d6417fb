package io.esdb.machine;

import java.util.Arrays;

/**
 * A small replicated value.
 *
 * @param version counts its changes, from 1
 * @param value its bytes
 */
public record Document(long version, byte[] value) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Document that && version == that.version && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(version) * 31 + Arrays.hashCode(value);
    }
}
