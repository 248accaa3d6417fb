package io.esdb.subscriptions.persistent;

import io.esdb.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** A delivery with its event; null if the event is hidden by now. */
record Ready(PollAnswer.Sent sent, @Nullable RecordedEvent event) {}
