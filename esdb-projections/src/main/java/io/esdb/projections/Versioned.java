package io.esdb.projections;

/**
 * What a document holds, and its version; 0 if there is none.
 *
 * @param version the document's version
 * @param value what it holds, or what stands for none
 */
record Versioned<T>(long version, T value) {}
