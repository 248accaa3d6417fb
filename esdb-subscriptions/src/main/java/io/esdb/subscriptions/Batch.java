package io.esdb.subscriptions;

import io.esdb.RecordedEvent;
import java.util.List;

/**
 * What one step of a {@link Walk} found.
 *
 * @param events those selected, in order
 * @param through the position up to which all that is selected is now read; beyond {@code asOf} if the walk began there
 * @param end whether the store had no more when it was read
 * @param asOf the store's last position at that time
 */
record Batch(List<RecordedEvent> events, long through, boolean end, long asOf) {}
