package io.esdb.testkit.history;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.Consistency;
import io.esdb.Direction;
import io.esdb.EventPage;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.StreamAppend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests and answers in few words, so that an operation fits in one line. */
final class Text {
    private Text() {}

    static String of(AppendRequest request) {
        String streams = request.streams().stream().map(Text::of).collect(Collectors.joining(" and "));
        AppendCondition condition = request.condition();
        return condition == null
                ? streams
                : streams + " unless " + of(condition.failIfMatches()) + " after " + condition.after();
    }

    private static String of(StreamAppend append) {
        String ids = append.events().stream().map(event -> of(event.id())).collect(Collectors.joining(","));
        return "[" + ids + "] to '" + append.stream() + "' at " + append.expected();
    }

    /** The end of an id, where ids of one run differ most. */
    static String of(UUID id) {
        String text = id.toString();
        return text.substring(text.length() - 8);
    }

    static String of(Query query) {
        return query.items().stream().map(Text::of).collect(Collectors.joining(" or "));
    }

    private static String of(QueryItem item) {
        List<String> terms = new ArrayList<>();
        item.types().forEach(type -> terms.add("type " + type));
        item.tags().forEach(tag -> terms.add("tag " + tag));
        add(terms, "category ", item.category());
        add(terms, "stream prefix ", item.streamPrefix());
        return terms.isEmpty() ? "anything" : String.join(" and ", terms);
    }

    private static void add(List<String> terms, String name, @Nullable String value) {
        if (value != null) {
            terms.add(name + value);
        }
    }

    static String of(long from, Direction direction, int limit, Consistency consistency) {
        String place = from == Long.MAX_VALUE ? "the end" : Long.toString(from);
        return (lower(consistency) + " " + lower(direction)) + " from " + place + ", at most " + limit;
    }

    static String of(AppendResult result) {
        String revisions = result.streams().stream()
                .map(part -> "'" + part.stream() + "' " + part.first() + ".." + part.last())
                .collect(Collectors.joining(", "));
        return "positions " + result.firstPosition() + ".." + result.lastPosition() + ", " + revisions;
    }

    static String of(EventPage page) {
        List<Long> positions =
                page.events().stream().map(event -> event.position()).toList();
        return "positions " + positions + (page.end() ? " and no more" : "") + ", as of " + page.asOf();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
