package io.esdb.spi;

import java.util.Arrays;

/**
 * A replicated value.
 *
 * @param version counts its changes, from 1; a document that was removed and put again begins anew
 * @param value its bytes; not copied
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
