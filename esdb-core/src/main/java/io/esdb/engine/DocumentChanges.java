package io.esdb.engine;

import io.esdb.Registration;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who wants to hear of documents that were put or removed, by branch. Only the applying thread tells them. */
final class DocumentChanges {
    private final Map<Branch, List<Consumer<Supplier<Set<DocumentKey>>>>> byBranch = new EnumMap<>(Branch.class);

    DocumentChanges() {
        for (Branch branch : Branch.values()) {
            byBranch.put(branch, new CopyOnWriteArrayList<>());
        }
    }

    /** Runs the listener after every commit that changed documents of a branch, with a way to learn which. */
    Registration listen(Branch branch, Consumer<Supplier<Set<DocumentKey>>> listener) {
        List<Consumer<Supplier<Set<DocumentKey>>>> all = byBranch.getOrDefault(branch, List.of());
        all.add(listener);
        return () -> all.remove(listener);
    }

    /** @param teller runs what tells one listener, and bears its failures */
    void tell(Set<DocumentKey> changed, Consumer<Runnable> teller) {
        byBranch.forEach((branch, listeners) -> {
            if (!listeners.isEmpty() && changed.stream().anyMatch(key -> key.branch() == branch)) {
                Supplier<Set<DocumentKey>> keys = new KeysOf(branch, changed);
                listeners.forEach(listener -> teller.accept(() -> listener.accept(keys)));
            }
        });
    }

    /** As {@link #tell}, of any documents whatever: with no keys. */
    void tellAny(Consumer<Runnable> teller) {
        byBranch.values()
                .forEach(listeners -> listeners.forEach(listener -> teller.accept(() -> listener.accept(Set::of))));
    }

    /** Gathered when the first one asks: most need not know. */
    private static final class KeysOf implements Supplier<Set<DocumentKey>> {
        private final Branch branch;
        private final Set<DocumentKey> changed;
        private @Nullable Set<DocumentKey> gathered;

        KeysOf(Branch branch, Set<DocumentKey> changed) {
            this.branch = branch;
            this.changed = changed;
        }

        @Override
        public Set<DocumentKey> get() {
            Set<DocumentKey> keys = gathered;
            if (keys == null) {
                keys = changed.stream().filter(key -> key.branch() == branch).collect(Collectors.toUnmodifiableSet());
                gathered = keys;
            }
            return keys;
        }
    }
}
