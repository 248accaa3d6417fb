package io.esdb.testkit.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The violations found so far. */
final class Findings {
    private final List<Violation> violations = new ArrayList<>();

    void add(Rule rule, String evidence) {
        violations.add(new Violation(rule, evidence));
    }

    /** Adds a violation if the promise is not kept; the evidence is put in words only then. */
    void require(boolean kept, Rule rule, Supplier<String> evidence) {
        if (!kept) {
            add(rule, evidence.get());
        }
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }
}
