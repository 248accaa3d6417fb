package io.esdb.projections;

import io.esdb.RecordedEvent;

/**
 * What an event does.
 *
 * @param <S> the states that are kept by key
 */
@FunctionalInterface
public interface ProjectionFunction<S> {
    /**
     * Says what this event does. All of it is kept once this returns, or nothing if it throws.
     *
     * <p>Called one at a time, in the order of positions, on a thread of the projection's own. It should be quick, and follow
     * from its arguments alone: the same event comes again if its effects could not be stored.
     *
     * @throws Exception to have the event tried again, or the projection stopped, see {@link OnFailure}
     */
    void apply(RecordedEvent event, Effects<S> effects) throws Exception;
}
