/**
 * Payloads encrypted with a key per subject, and erasure of a subject by shredding its key. As everywhere in esdb, byte
 * arrays are neither copied on the way in nor on the way out; where keys are concerned, the methods say otherwise.
 */
@NullMarked
package io.esdb.erasure;

import org.jspecify.annotations.NullMarked;
