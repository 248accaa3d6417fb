package io.esdb.raft.testkit;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Chooses every sixth test of a class, always the same ones; the first of each class is among them. */
final class Sample implements ExecutionCondition {
    private static final int STEP = 6;

    /** For JUnit. */
    Sample() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean chosen = context.getTestMethod()
                .map(test -> number(context.getRequiredTestClass(), test) % STEP == 0)
                .orElse(true);
        return chosen
                ? ConditionEvaluationResult.enabled("chosen")
                : ConditionEvaluationResult.disabled("left to the soak");
    }

    /** The chosen ones of a class in turns; whose turn is first depends on the class. */
    static boolean isOnLeader(Class<?> owner, Method test) {
        return (number(owner, test) / STEP + owner.getSimpleName().length()) % 2 == 0;
    }

    private static int number(Class<?> owner, Method test) {
        List<String> names =
                ReflectionSupport.findMethods(owner, Sample::isTest, HierarchyTraversalMode.TOP_DOWN).stream()
                        .map(Method::getName)
                        .sorted()
                        .toList();
        return names.indexOf(test.getName());
    }

    private static boolean isTest(Method method) {
        return AnnotationSupport.isAnnotated(method, Testable.class);
    }
}
