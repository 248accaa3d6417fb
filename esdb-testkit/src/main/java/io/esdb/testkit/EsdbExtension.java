package io.esdb.testkit;

import io.esdb.EventStore;
import io.esdb.host.EventStores;
import io.esdb.spi.MemoryStorageProvider;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Hands parameters to tests, to methods before and after each, and to constructors: an {@link EventStore} and its
 * {@link EventStores}, both fresh for each test and in memory; the {@link ManualClock} that they take the time from; the
 * {@link MemoryStorageProvider} that keeps them, to make the disk fail; an {@link EventGenerator}. They are closed
 * after the test. Not for methods before or after all tests, since nothing is shared between tests.
 */
public final class EsdbExtension implements ParameterResolver, TestExecutionExceptionHandler {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(EsdbExtension.class);
    private static final Set<Class<?>> TYPES = Set.of(
            EventStore.class, EventStores.class, ManualClock.class, MemoryStorageProvider.class, EventGenerator.class);

    /** For JUnit. */
    public EsdbExtension() {}

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TYPES.contains(parameter.getParameter().getType())
                && context.getTestMethod().isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        Fresh fresh = context.getStore(NAMESPACE).getOrComputeIfAbsent(Fresh.class, key -> new Fresh(), Fresh.class);
        if (type == EventStore.class) {
            return fresh.stores.open("test");
        }
        if (type == EventStores.class) {
            return fresh.stores;
        }
        if (type == ManualClock.class) {
            return fresh.clock;
        }
        return type == EventGenerator.class ? fresh.generator : fresh.provider;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Fresh fresh = context.getStore(NAMESPACE).get(Fresh.class, Fresh.class);
        if (fresh != null) {
            failure.addSuppressed(new AssertionError(fresh.generator.toString()));
        }
        throw failure;
    }

    private static final class Fresh implements AutoCloseable {
        private final ManualClock clock = new ManualClock();
        private final MemoryStorageProvider provider = new MemoryStorageProvider();
        private final EventGenerator generator = new EventGenerator();
        private final EventStores stores =
                EventStores.at(Path.of("memory")).storage(provider).clock(clock).open();

        @Override
        public void close() {
            stores.close();
        }
    }
}
