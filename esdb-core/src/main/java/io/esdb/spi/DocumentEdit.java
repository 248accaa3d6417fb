package io.esdb.spi;

import java.util.Arrays;

/** What a {@link Transaction} does to one document, and the version that the document must have for it. */
public sealed interface DocumentEdit {
    /** Stands for whatever version the document has, or none. */
    long ANY_VERSION = -1;

    /** Stands for a document that must not exist. */
    long MISSING = 0;

    /** Which document. */
    DocumentKey key();

    /** The version that it must have: 1 or more, {@link #MISSING} or {@link #ANY_VERSION}. */
    long expected();

    /** Stores a value; it is not copied. */
    record Put(DocumentKey key, long expected, byte[] value) implements DocumentEdit {
        @Override
        public boolean equals(Object other) {
            return other instanceof Put that
                    && expected == that.expected
                    && key.equals(that.key)
                    && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return (key.hashCode() * 31 + Long.hashCode(expected)) * 31 + Arrays.hashCode(value);
        }
    }

    /** Removes the document; one that is missing is fine if the version allows it. */
    record Remove(DocumentKey key, long expected) implements DocumentEdit {}

    /** Changes nothing, but the document must have this version. */
    record Require(DocumentKey key, long expected) implements DocumentEdit {}
}
