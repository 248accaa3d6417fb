/**
 * What tests need that work with esdb.
 *
 * <p>For event-sourced code: {@link io.esdb.testkit.EsdbExtension} hands a fresh store to each test, {@link
 * io.esdb.testkit.ManualClock} sets its time, {@link io.esdb.testkit.DeciderTest} says given, when, then, and {@link
 * io.esdb.testkit.EventGenerator} makes events.
 *
 * <p>For those who implement: {@link io.esdb.testkit.StorageContract} and {@link io.esdb.testkit.EventStoreContract}
 * test everything that a storage and a store promise.
 */
@NullMarked
package io.esdb.testkit;

import org.jspecify.annotations.NullMarked;
