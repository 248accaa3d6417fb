package io.esdb.machine;

/**
 * Raises the version of the rules, once every node knows them. It never goes down.
 *
 * @param version the version wanted
 */
public record RaiseVersion(int version) implements Command {
    /** The newest version of the rules that this code knows. */
    public static final int NEWEST = 1;

    @Override
    public Decision decide(State state) {
        if (state.settings() == null) {
            return Decision.notCreated();
        }
        if (version > NEWEST) {
            return Decision.refuse(new Reply.Refused("version " + version + " is not known here"));
        }
        return version > state.counters().version()
                ? Decision.changed(new Change.VersionRaised(version))
                : Decision.unchanged();
    }
}
