package io.esdb;

import java.util.function.Consumer;

/**
 * The named bounds of a store. Whoever passes one gets {@link LimitExceeded}, or for the pending bound {@link
 * StoreOverloaded}, before memory or disk is taken for the request. Page bounds refuse nothing; they cut pages.
 *
 * @param eventBytes data and metadata of one event; default 1 MiB, at most 16 MiB
 * @param appendBytes data, metadata and tags of all events of one append; default 4 MiB, at most 64 MiB
 * @param appendEvents events of one append; default 10,000, at most 100,000
 * @param streamNameBytes a stream name in UTF-8, and a category or a prefix of stream names in a query; default 512, at most 4,096
 * @param typeBytes an event type in UTF-8, in a query as well; default 256, at most 4,096
 * @param contentTypeBytes a content type in UTF-8; default 128, at most 1,024
 * @param tags tags of one event; default 32, at most 255
 * @param tagBytes a tag in UTF-8, in a query as well; default 256, at most 4,096
 * @param queryItems items of one query; default 100, at most 10,000
 * @param queryTerms types and tags of all items of one query; default 1,000, at most 100,000
 * @param pageEvents events of one page; default 10,000, at most 1,000,000
 * @param pageBytes data and metadata of one page, which holds at least one event; default 16 MiB, at most 1 GiB
 * @param pageScan events that one filtered page may look at without an index; default 100,000, at most 10,000,000
 * @param pendingBytes bytes of appends that wait to be written; default 64 MiB, at most 1 GiB
 */
public record Limits(
        int eventBytes,
        int appendBytes,
        int appendEvents,
        int streamNameBytes,
        int typeBytes,
        int contentTypeBytes,
        int tags,
        int tagBytes,
        int queryItems,
        int queryTerms,
        int pageEvents,
        int pageBytes,
        int pageScan,
        int pendingBytes) {

    private static final int MIB = 1 << 20;
    private static final Limits DEFAULTS =
            new Limits(MIB, 4 * MIB, 10_000, 512, 256, 128, 32, 256, 100, 1_000, 10_000, 16 * MIB, 100_000, 64 * MIB);

    /** @throws InvalidInput if a bound is below 1 or over what its description allows */
    public Limits {
        within("eventBytes", eventBytes, 16 * MIB);
        within("appendBytes", appendBytes, 64 * MIB);
        within("appendEvents", appendEvents, 100_000);
        within("streamNameBytes", streamNameBytes, 4_096);
        within("typeBytes", typeBytes, 4_096);
        within("contentTypeBytes", contentTypeBytes, 1_024);
        within("tags", tags, 255);
        within("tagBytes", tagBytes, 4_096);
        within("queryItems", queryItems, 10_000);
        within("queryTerms", queryTerms, 100_000);
        within("pageEvents", pageEvents, 1_000_000);
        within("pageBytes", pageBytes, 1024 * MIB);
        within("pageScan", pageScan, 10_000_000);
        within("pendingBytes", pendingBytes, 1024 * MIB);
    }

    /** The defaults named above. */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /** The same bounds with other sizes for one event and one append, in bytes. */
    public Limits withEventBytes(int eventBytes, int appendBytes) {
        return with(draft -> {
            draft.eventBytes = eventBytes;
            draft.appendBytes = appendBytes;
        });
    }

    /** The same bounds with another number of events for one append. */
    public Limits withAppendEvents(int appendEvents) {
        return with(draft -> draft.appendEvents = appendEvents);
    }

    /** The same bounds with another bound for a stream name, in UTF-8 bytes. */
    public Limits withStreamNameBytes(int streamNameBytes) {
        return with(draft -> draft.streamNameBytes = streamNameBytes);
    }

    /** The same bounds with others for tags: how many an event may have, and the UTF-8 bytes of one. */
    public Limits withTags(int tags, int tagBytes) {
        return with(draft -> {
            draft.tags = tags;
            draft.tagBytes = tagBytes;
        });
    }

    /** The same bounds with others for a page: events, bytes, and events looked at. */
    public Limits withPages(int pageEvents, int pageBytes, int pageScan) {
        return with(draft -> {
            draft.pageEvents = pageEvents;
            draft.pageBytes = pageBytes;
            draft.pageScan = pageScan;
        });
    }

    /** The same bounds with another bound for the bytes of waiting appends. */
    public Limits withPendingBytes(int pendingBytes) {
        return with(draft -> draft.pendingBytes = pendingBytes);
    }

    private Limits with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.limits();
    }

    private static void within(String field, int value, int most) {
        if (value < 1 || value > most) {
            throw new InvalidInput(field, "must be between 1 and " + most + ", was " + value);
        }
    }

    /** The bounds while some of them change, so that each wither names only its own. */
    private static final class Draft {
        private int eventBytes;
        private int appendBytes;
        private int appendEvents;
        private int streamNameBytes;
        private int typeBytes;
        private int contentTypeBytes;
        private int tags;
        private int tagBytes;
        private int queryItems;
        private int queryTerms;
        private int pageEvents;
        private int pageBytes;
        private int pageScan;
        private int pendingBytes;

        Draft(Limits from) {
            eventBytes = from.eventBytes;
            appendBytes = from.appendBytes;
            appendEvents = from.appendEvents;
            streamNameBytes = from.streamNameBytes;
            typeBytes = from.typeBytes;
            contentTypeBytes = from.contentTypeBytes;
            tags = from.tags;
            tagBytes = from.tagBytes;
            queryItems = from.queryItems;
            queryTerms = from.queryTerms;
            pageEvents = from.pageEvents;
            pageBytes = from.pageBytes;
            pageScan = from.pageScan;
            pendingBytes = from.pendingBytes;
        }

        Limits limits() {
            return new Limits(
                    eventBytes,
                    appendBytes,
                    appendEvents,
                    streamNameBytes,
                    typeBytes,
                    contentTypeBytes,
                    tags,
                    tagBytes,
                    queryItems,
                    queryTerms,
                    pageEvents,
                    pageBytes,
                    pageScan,
                    pendingBytes);
        }
    }
}
