/**
 * Replays the history of a git repository, one stream for each file, and proves that what the store gives back folds
 * to the very tree that git holds. Start with {@link io.esdb.examples.history.HistoryReplay}.
 */
@NullMarked
package io.esdb.examples.history;

import org.jspecify.annotations.NullMarked;
