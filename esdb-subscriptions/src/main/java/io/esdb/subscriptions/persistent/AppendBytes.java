package io.esdb.subscriptions.persistent;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.StreamAppend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an append travels from a consumer to the leader. */
final class AppendBytes {
    private AppendBytes() {}

    static byte[] encode(AppendRequest request) {
        Out out = new Out().i32(request.streams().size());
        for (StreamAppend append : request.streams()) {
            out.text(append.stream());
            expected(append.expected(), out);
            out.i32(append.events().size());
            append.events().forEach(event -> event(event, out));
        }
        AppendCondition condition = request.condition();
        out.flag(condition != null);
        if (condition != null) {
            condition(condition, out);
        }
        return out.toBytes();
    }

    static AppendRequest decode(byte[] bytes) {
        In in = new In(bytes);
        List<StreamAppend> streams = new ArrayList<>();
        for (int left = in.count(8); left > 0; left--) {
            String stream = in.text();
            ExpectedRevision expected = expected(in);
            List<EventData> events = new ArrayList<>();
            for (int more = in.count(16); more > 0; more--) {
                events.add(event(in));
            }
            streams.add(new StreamAppend(stream, expected, events));
        }
        AppendCondition condition = in.flag() ? condition(in) : null;
        in.end();
        return new AppendRequest(streams, condition);
    }

    private static void expected(ExpectedRevision expected, Out out) {
        if (expected instanceof ExpectedRevision.Exactly exactly) {
            out.u8(3).i64(exactly.revision());
        } else {
            out.u8(
                    expected instanceof ExpectedRevision.Any
                            ? 0
                            : expected instanceof ExpectedRevision.NoStream ? 1 : 2);
        }
    }

    private static ExpectedRevision expected(In in) {
        return switch (in.u8()) {
            case 0 -> ExpectedRevision.any();
            case 1 -> ExpectedRevision.noStream();
            case 2 -> ExpectedRevision.exists();
            default -> ExpectedRevision.exactly(in.i64());
        };
    }

    private static void event(EventData event, Out out) {
        out.uuid(event.id())
                .text(event.type())
                .text(event.contentType())
                .sized(event.data())
                .text(event.metadataContentType())
                .sized(event.metadata());
        names(event.tags(), out);
    }

    private static EventData event(In in) {
        return new EventData(in.uuid(), in.text(), in.text(), in.sized(), in.text(), in.sized(), names(in));
    }

    private static void condition(AppendCondition condition, Out out) {
        out.i64(condition.after()).i32(condition.failIfMatches().items().size());
        for (QueryItem item : condition.failIfMatches().items()) {
            names(item.types(), out);
            names(item.tags(), out);
            optional(item.category(), out);
            optional(item.streamPrefix(), out);
        }
    }

    private static AppendCondition condition(In in) {
        long after = in.i64();
        List<QueryItem> items = new ArrayList<>();
        for (int left = in.count(10); left > 0; left--) {
            items.add(new QueryItem(names(in), names(in), optional(in), optional(in)));
        }
        return new AppendCondition(new Query(items), after);
    }

    private static void names(Set<String> names, Out out) {
        out.i32(names.size());
        names.forEach(out::text);
    }

    private static Set<String> names(In in) {
        Set<String> names = new HashSet<>();
        for (int left = in.count(4); left > 0; left--) {
            names.add(in.text());
        }
        return names;
    }

    private static void optional(@Nullable String text, Out out) {
        out.flag(text != null);
        if (text != null) {
            out.text(text);
        }
    }

    private static @Nullable String optional(In in) {
        return in.flag() ? in.text() : null;
    }
}
