package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.IndexKind;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.format.IndexKeys;
import io.esdb.machine.Settings;
import io.esdb.spi.ReadView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which index walks lead to the events of a query. They may lead to some more, because of hashes and because an item's
 * other terms are left out, but never past one; the event itself decides.
 */
final class QueryPlan {
    private final ReadView view;
    private final Set<IndexKind> indexes;
    private final IndexKeys keys;
    private final Direction direction;

    QueryPlan(ReadView view, Settings settings, Direction direction) {
        this.view = view;
        this.indexes = settings.indexes();
        this.keys = new IndexKeys(settings.hashSeed());
        this.direction = direction;
    }

    /** Whether the store's indexes lead to every event of the query. */
    static boolean isIndexed(Query query, Set<IndexKind> indexes) {
        return query.items().stream().allMatch(item -> indexFor(item, indexes) != null);
    }

    Positions walk(Query query) {
        List<Positions> items = new ArrayList<>();
        for (QueryItem item : query.items()) {
            items.add(walk(item));
        }
        return items.size() == 1 ? items.get(0) : new AnyPositions(items, direction);
    }

    private Positions walk(QueryItem item) {
        IndexKind index = indexFor(item, indexes);
        if (index == IndexKind.TAG) {
            return common(item);
        }
        if (index == IndexKind.TYPE) {
            List<Positions> types = new ArrayList<>();
            item.types().forEach(type -> types.add(term(IndexKind.TYPE, type, Set.of())));
            return types.size() == 1 ? types.get(0) : new AnyPositions(types, direction);
        }
        String category = item.category();
        if (category == null) {
            throw new IllegalStateException("no index leads to " + item);
        }
        return term(IndexKind.CATEGORY, category, typeHashes(item));
    }

    private Positions common(QueryItem item) {
        Set<Integer> typeHashes = typeHashes(item);
        List<Positions> tags = new ArrayList<>();
        item.tags().forEach(tag -> tags.add(term(IndexKind.TAG, tag, typeHashes)));
        return tags.size() == 1 ? tags.get(0) : new CommonPositions(tags, direction);
    }

    private Positions term(IndexKind kind, String name, Set<Integer> typeHashes) {
        return new TermPositions(view, keys.term(kind, name), typeHashes, direction);
    }

    private Set<Integer> typeHashes(QueryItem item) {
        Set<Integer> hashes = new HashSet<>();
        item.types().forEach(type -> hashes.add(keys.typeHash(type)));
        return hashes;
    }

    private static @Nullable IndexKind indexFor(QueryItem item, Set<IndexKind> indexes) {
        if (!item.tags().isEmpty() && indexes.contains(IndexKind.TAG)) {
            return IndexKind.TAG;
        }
        if (!item.types().isEmpty() && indexes.contains(IndexKind.TYPE)) {
            return IndexKind.TYPE;
        }
        return item.category() != null && indexes.contains(IndexKind.CATEGORY) ? IndexKind.CATEGORY : null;
    }
}
