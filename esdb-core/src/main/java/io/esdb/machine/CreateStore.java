package io.esdb.machine;

/**
 * Brings a store into being; the first command of every log. Sent again by whoever finds no settings yet, it changes
 * nothing the second time.
 *
 * @param settings what is decided once
 */
public record CreateStore(Settings settings) implements Command {
    @Override
    public Decision decide(State state) {
        return state.settings() == null ? Decision.changed(new Change.StoreCreated(settings)) : Decision.unchanged();
    }
}
