package io.esdb.raft.testkit;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** Leaves every sixth test of each class in {@link ClusterContractTest}, always the same ones, and the first among them. */
public final class Sample implements PostDiscoveryFilter {
    private static final int STEP = 6;
    private static final String SAMPLED = "[class:" + ClusterContractTest.class.getName() + "]";

    /** For JUnit, which finds it as a service. */
    public Sample() {}

    @Override
    public FilterResult apply(TestDescriptor test) {
        boolean left = !test.getUniqueId().toString().contains(SAMPLED)
                || test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(MethodSource.class::cast)
                        .map(source -> number(source.getJavaClass(), source.getJavaMethod()) % STEP == 0)
                        .orElse(true);
        return FilterResult.includedIf(left, () -> "chosen", () -> "left to the soak");
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
