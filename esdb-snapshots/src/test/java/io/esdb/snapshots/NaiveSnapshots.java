package io.esdb.snapshots;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What snapshots are, as a map in memory. */
final class NaiveSnapshots {
    private static final Comparator<String> BY_BYTES = (a, b) -> Arrays.compareUnsigned(bytes(a), bytes(b));
    private final TreeMap<SnapshotKey, SnapshotContent> map =
            new TreeMap<>(Comparator.<SnapshotKey, String>comparing(SnapshotKey::source, BY_BYTES)
                    .thenComparing(SnapshotKey::stream, BY_BYTES)
                    .thenComparingLong(SnapshotKey::version));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void record(SnapshotKey key, SnapshotContent content) {
        map.put(key, content);
    }

    boolean record(SnapshotKey key, SnapshotContent content, int keep) {
        Predicate<SnapshotKey> newer = other -> sameStream(other, key) && other.version() > key.version();
        if (map.keySet().stream().filter(newer).count() >= keep) {
            return false;
        }
        map.put(key, content);
        keepLast(key.source(), key.stream(), keep);
        return true;
    }

    long keepLast(String source, String stream, int keep) {
        List<SnapshotKey> own = keys(key -> sameStream(key, new SnapshotKey(source, stream, 0)));
        List<SnapshotKey> gone = own.subList(0, Math.max(0, own.size() - keep));
        gone.forEach(map::remove);
        return gone.size();
    }

    void delete(SnapshotKey key) {
        map.remove(key);
    }

    Optional<SnapshotContent> read(SnapshotKey key) {
        return Optional.ofNullable(map.get(key));
    }

    Optional<SnapshotKey> atOrBefore(SnapshotKey key) {
        List<SnapshotKey> all = keys(other -> sameStream(other, key) && other.version() <= key.version());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    List<SnapshotKey> keys(Predicate<SnapshotKey> wanted) {
        return map.keySet().stream().filter(wanted).toList();
    }

    private static boolean sameStream(SnapshotKey a, SnapshotKey b) {
        return a.source().equals(b.source()) && a.stream().equals(b.stream());
    }
}
