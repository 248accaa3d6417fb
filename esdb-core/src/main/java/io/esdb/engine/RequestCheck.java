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
import java.nio.charset.StandardCharsets;

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
                event(event);
                bytes += event.size();
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
    }

    private void event(EventData event) {
        within("eventBytes", limits.eventBytes(), event.data().length + (long) event.metadata().length);
        text("typeBytes", limits.typeBytes(), event.type());
        text("contentTypeBytes", limits.contentTypeBytes(), event.contentType());
        text("contentTypeBytes", limits.contentTypeBytes(), event.metadataContentType());
        within("tags", limits.tags(), event.tags().size());
        for (String tag : event.tags()) {
            text("tagBytes", limits.tagBytes(), tag);
        }
    }

    private static void text(String field, int limit, String value) {
        if (value.length() * 3L > limit) { // otherwise it fits whatever its characters are
            within(field, limit, utf8(value));
        }
    }

    private static int utf8(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void within(String field, long limit, long actual) {
        if (actual > limit) {
            throw new LimitExceeded(field, limit, actual);
        }
    }
}
