package io.esdb.format;

import io.esdb.Query;
import io.esdb.QueryItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A query: the number of items, then for each types, tags, category and stream prefix. */
final class QueryCodec {
    private QueryCodec() {}

    static void write(ByteWriter out, Query query) {
        out.varint(query.items().size());
        for (QueryItem item : query.items()) {
            writeNames(out, item.types());
            writeNames(out, item.tags());
            writeOptional(out, item.category());
            writeOptional(out, item.streamPrefix());
        }
    }

    static Query read(ByteReader in) {
        int count = in.length();
        List<QueryItem> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(new QueryItem(readNames(in), readNames(in), readOptional(in), readOptional(in)));
        }
        return new Query(items);
    }

    private static void writeNames(ByteWriter out, Set<String> names) {
        out.varint(names.size());
        names.forEach(out::text);
    }

    private static Set<String> readNames(ByteReader in) {
        int count = in.length();
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            names.add(in.text());
        }
        return names;
    }

    private static void writeOptional(ByteWriter out, @Nullable String value) {
        out.text(value == null ? "" : value);
    }

    private static @Nullable String readOptional(ByteReader in) {
        String value = in.text();
        return value.isEmpty() ? null : value;
    }
}
