package io.esdb.testkit;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests inside a test, to see them fail. */
final class LaunchedTests implements TestExecutionListener {
    private final List<String> failed = new ArrayList<>();
    private final List<TestExecutionResult> failures = new ArrayList<>();
    private int passed;

    private LaunchedTests() {}

    static LaunchedTests run(Class<?> testClass) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(testClass))
                .build();
        LaunchedTests listener = new LaunchedTests();
        LauncherFactory.create().execute(request, listener);
        return listener;
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            failed.add(test.getUniqueId());
            failures.add(result);
        } else if (test.isTest()) {
            passed++;
        }
    }

    /** The unique ids of what failed; they hold the names of methods. */
    List<String> failed() {
        return failed;
    }

    List<TestExecutionResult> failures() {
        return failures;
    }

    int passed() {
        return passed;
    }
}
