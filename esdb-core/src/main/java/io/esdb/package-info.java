/**
 * What a user of esdb holds in their hands: the store, the events that go in and come out, the requests
 * and the failures.
 *
 * <p>Values here are immutable and safe to share between threads, with one exception said once for all of
 * them: byte arrays are neither copied on the way in nor on the way out. Do not change an array after
 * handing it over, nor one that an accessor returned.
 *
 * <p>No parameter and no result is null unless it is marked {@code @Nullable}. Every failure is an {@link
 * io.esdb.EsdbException}; a value that breaks a rule is refused with {@link io.esdb.InvalidInput} or {@link
 * io.esdb.LimitExceeded} before anything is written.
 */
@NullMarked
package io.esdb;

import org.jspecify.annotations.NullMarked;
