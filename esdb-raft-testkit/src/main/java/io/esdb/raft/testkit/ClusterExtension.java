package io.esdb.raft.testkit;

import io.esdb.spi.StorageProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a fresh, running {@link LocalCluster} of three nodes to a test, in a temporary folder, with the storage that is
 * on the class path. It is stopped after the test.
 */
public final class ClusterExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ClusterExtension.class);

    /** For JUnit. */
    public ClusterExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(Fresh.class, key -> new Fresh(), Fresh.class).cluster;
    }

    private static final class Fresh implements AutoCloseable {
        private final Path folder;
        private final LocalCluster cluster;

        Fresh() {
            try {
                folder = Files.createTempDirectory("esdb-cluster");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            StorageProvider storage = ServiceLoader.load(StorageProvider.class)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no storage is on the class path"));
            cluster = LocalCluster.start(folder, storage);
        }

        @Override
        public void close() throws IOException {
            cluster.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
