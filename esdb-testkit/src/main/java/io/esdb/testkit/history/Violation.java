package io.esdb.testkit.history;

/**
 * A broken promise.
 *
 * @param rule the promise
 * @param evidence what broke it, with the operations it shows in
 */
public record Violation(Rule rule, String evidence) {
    @Override
    public String toString() {
        return rule + ": " + evidence;
    }
}
