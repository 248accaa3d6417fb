/**
 * Events as Java objects, and patterns over JSON data.
 *
 * <p>{@link io.esdb.json.JsonEvents} turns objects into {@link io.esdb.EventData} and recorded events back into
 * objects, whatever version of the schema they were written with. {@link io.esdb.json.JsonPattern} is a condition on
 * JSON data that can be stored and sent.
 *
 * <p>Values here are immutable and safe to share between threads, byte arrays excepted: they are neither copied on the
 * way in nor on the way out. No parameter and no result is null unless it is marked {@code @Nullable}; a null where
 * none belongs is refused with {@link io.esdb.InvalidInput}. Bytes from outside are read within {@link
 * io.esdb.json.JsonLimits}; they never choose a Java class.
 */
@NullMarked
package io.esdb.json;

import org.jspecify.annotations.NullMarked;
