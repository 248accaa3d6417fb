package io.esdb.subscriptions;

import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import io.esdb.subscriptions.ReadPlan.OneStream;
import io.esdb.subscriptions.ReadPlan.WholeLog;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who may care about an event, found by its stream, category, type and tags, so that an event costs no more than those it
 * may concern. Each member is under at least one key of every event that it selects; whether it does select it
 * is asked afterwards. One thread at a time.
 */
final class Routes<M> {
    private static final Key ANYTHING = new Key("", "");

    private final Map<Key, Set<M>> members = new HashMap<>();

    private record Key(String kind, String name) {}

    void add(M member, ReadPlan plan) {
        keys(
                plan,
                key -> members.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(member));
    }

    void remove(M member, ReadPlan plan) {
        keys(plan, key -> members.computeIfPresent(key, (k, set) -> set.remove(member) && set.isEmpty() ? null : set));
    }

    Set<M> candidates(RecordedEvent event) {
        Set<M> found = new LinkedHashSet<>(at(ANYTHING));
        found.addAll(at(new Key("stream", event.stream())));
        found.addAll(at(new Key("category", event.category())));
        found.addAll(at(new Key("type", event.type())));
        for (String tag : event.tags()) {
            found.addAll(at(new Key("tag", tag)));
        }
        return found;
    }

    private Collection<M> at(Key key) {
        return members.getOrDefault(key, Set.of());
    }

    private static void keys(ReadPlan plan, Consumer<Key> each) {
        if (plan.source() instanceof OneStream one) {
            each.accept(new Key("stream", one.stream()));
        } else if (plan.source() instanceof WholeLog log) {
            log.query().items().forEach(item -> keys(item, each));
        }
    }

    /** All of a tag's events have it, so one tag of an item is enough; of types each is needed. */
    private static void keys(QueryItem item, Consumer<Key> each) {
        String category = item.category();
        if (!item.tags().isEmpty()) {
            each.accept(new Key("tag", List.copyOf(item.tags()).get(0)));
        } else if (!item.types().isEmpty()) {
            item.types().forEach(type -> each.accept(new Key("type", type)));
        } else {
            each.accept(category == null ? ANYTHING : new Key("category", category));
        }
    }
}
