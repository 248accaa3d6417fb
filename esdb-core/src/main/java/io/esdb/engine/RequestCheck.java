package io.esdb.engine;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.LimitExceeded;
import io.esdb.Limits;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.StreamAppend;
import io.esdb.StreamNames;
import java.util.Arrays;

/** Holds requests against the store's limits, before anything else is done with them. */
final class RequestCheck {
    private final Limits limits;

    RequestCheck(Limits limits) {
        this.limits = limits;
    }

    void append(AppendRequest request) {
        within("appendEvents", limits.appendEvents(), request.eventCount());
        long bytes = 0;
        for (StreamAppend append : request.streams()) {
            stream(append.stream());
            for (EventData event : append.events()) {
                bytes += event(event);
            }
        }
        within("appendBytes", limits.appendBytes(), bytes);
        AppendCondition condition = request.condition();
        if (condition != null) {
            query(condition.failIfMatches());
        }
    }

    /** A stream that a user changes. */
    void stream(String name) {
        text("streamNameBytes", limits.streamNameBytes(), StreamNames.checked(name));
    }

    void query(Query query) {
        within("queryItems", limits.queryItems(), query.items().size());
        long terms = 0;
        for (QueryItem item : query.items()) {
            terms += item.types().size() + (long) item.tags().size();
        }
        within("queryTerms", limits.queryTerms(), terms);
        query.items().forEach(this::names);
    }

    private void names(QueryItem item) {
        item.types().forEach(type -> text("typeBytes", limits.typeBytes(), type));
        item.tags().forEach(tag -> text("tagBytes", limits.tagBytes(), tag));
        for (String part : Arrays.asList(item.category(), item.streamPrefix())) {
            if (part != null) {
                text("streamNameBytes", limits.streamNameBytes(), part);
            }
        }
    }

    /** What counts towards the bytes of an append. */
    private long event(EventData event) {
        long bytes = event.data().length + (long) event.metadata().length;
        within("eventBytes", limits.eventBytes(), bytes);
        text("typeBytes", limits.typeBytes(), event.type());
        text("contentTypeBytes", limits.contentTypeBytes(), event.contentType());
        text("contentTypeBytes", limits.contentTypeBytes(), event.metadataContentType());
        within("tags", limits.tags(), event.tags().size());
        for (String tag : event.tags()) {
            bytes += text("tagBytes", limits.tagBytes(), tag);
        }
        return bytes;
    }

    private static long text(String field, int limit, String value) {
        long bytes = utf8(value);
        within(field, limit, bytes);
        return bytes;
    }

    /** How many bytes the text takes; the two halves of a pair of surrogates take two each. */
    private static long utf8(String value) {
        long bytes = value.length();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    private static void within(String field, long limit, long actual) {
        if (actual > limit) {
            throw new LimitExceeded(field, limit, actual);
        }
    }
}
