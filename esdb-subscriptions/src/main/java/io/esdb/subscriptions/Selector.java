package io.esdb.subscriptions;

import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which events a subscription is about, as a value: it can be compared, written as text, stored, sent and read back.
 *
 * <p>A selector has one {@link #text}, and selectors with the same text are equal. The order in which names and parts are
 * given does not matter and nothing counts twice. Selectors that mean the same in other words are not equal.
 *
 * <p>Patterns are JSON and need a module that knows them, such as {@code esdb-json}; without one they are refused with
 * {@link io.esdb.InvalidInput}. Their form is that of {@code io.esdb.json.JsonPattern}: a part of what is looked for, in
 * which every name given must be there; equality is strict, lists are compared whole; {@code {"$exists": true}} stands
 * for any value, but the name must be there.
 *
 * <p>Everything here throws {@link io.esdb.LimitExceeded} for a selector with more than {@value #MAX_DEPTH} {@code and} and
 * {@code or} inside one another, {@value #MAX_TERMS} names and patterns, or {@value #MAX_BYTES} bytes of text; the
 * field is {@code selectorDepth}, {@code selectorTerms} or {@code selectorBytes}.
 */
public sealed interface Selector {
    /** The most {@code and} and {@code or} inside one another. */
    int MAX_DEPTH = 16;

    /** The most names and patterns. */
    int MAX_TERMS = 1_000;

    /** The most bytes of text, in UTF-8. */
    int MAX_BYTES = 256 * 1024;

    /** Every event. */
    static Selector all() {
        return new All();
    }

    /** The events of one stream. */
    static Selector stream(String stream) {
        return new OfStream(stream);
    }

    /** The events of the streams of a category ({@link RecordedEvent#categoryOf}). */
    static Selector category(String category) {
        return new OfCategory(category);
    }

    /** The events of the streams whose name starts so. */
    static Selector streamPrefix(String prefix) {
        return new OfPrefix(prefix);
    }

    /** The events of any of these types. */
    static Selector types(String... types) {
        return new OfTypes(QueryItem.types(types).types());
    }

    /** The events that have all of these tags. */
    static Selector tags(String... tags) {
        return new OfTags(QueryItem.tags(tags).tags());
    }

    /**
     * The events whose fields fit a pattern: those of {@link RecordedEvent} by their names, {@code category}, and what is
     * in {@code data} and {@code metadata} if that is JSON. No index serves it; where one can, say so beside it: {@code
     * types("Paid").and(event(...))}.
     */
    static Selector event(String pattern) {
        return new EventFits(pattern);
    }

    /** The events whose data is JSON that fits a pattern. No index serves it. */
    static Selector payload(String pattern) {
        return new PayloadFits(pattern);
    }

    /** The events that all of these select; at least one. */
    static Selector allOf(Selector... parts) {
        AllOf all = new AllOf(Arrays.asList(Check.notNull("parts", parts)));
        return all.parts().size() == 1 ? all.parts().get(0) : all;
    }

    /** The events that any of these selects; at least one. */
    static Selector anyOf(Selector... parts) {
        AnyOf any = new AnyOf(Arrays.asList(Check.notNull("parts", parts)));
        return any.parts().size() == 1 ? any.parts().get(0) : any;
    }

    /** The events that both select. */
    default Selector and(Selector other) {
        return allOf(this, other);
    }

    /** The events that at least one of the two selects. */
    default Selector or(Selector other) {
        return anyOf(this, other);
    }

    /** The canonical form, which begins with the version of its syntax. */
    default String text() {
        return SelectorText.of(this);
    }

    /**
     * The selector that a text describes.
     *
     * @throws io.esdb.InvalidInput if it was not made by {@link #text}, or by a newer version
     */
    static Selector parse(String text) {
        return SelectorParser.parse(Check.notNull("selector", text));
    }

    /** Whether an event is selected. To test many events, subscribe. */
    default boolean matches(RecordedEvent event) {
        return Matcher.of(this).test(Check.notNull("event", event));
    }

    /** Every event. */
    record All() implements Selector {}

    /** The events of one stream. */
    record OfStream(String stream) implements Selector {
        /** @throws io.esdb.InvalidInput if it can be no stream's name */
        public OfStream {
            SelectorBounds.name(StreamRead.forward(stream).stream());
        }
    }

    /** The events of the streams of a category. */
    record OfCategory(String category) implements Selector {
        /** @throws io.esdb.InvalidInput if it can be no category's name */
        public OfCategory {
            QueryItem.category(category);
            SelectorBounds.name(category);
        }
    }

    /** The events of the streams whose name starts so. */
    record OfPrefix(String prefix) implements Selector {
        /** @throws io.esdb.InvalidInput if no name can start so */
        public OfPrefix {
            QueryItem.streamPrefix(prefix);
            SelectorBounds.name(prefix);
        }
    }

    /**
     * The events of any of these types.
     *
     * @param types at least one; in a fixed order
     */
    record OfTypes(Set<String> types) implements Selector {
        /** @throws io.esdb.InvalidInput if there is none, or one can be no type's name */
        public OfTypes {
            types = SelectorBounds.names(
                    "types", new QueryItem(Check.notNull("types", types), Set.of(), null, null).types());
        }
    }

    /**
     * The events that have all of these tags.
     *
     * @param tags at least one; in a fixed order
     */
    record OfTags(Set<String> tags) implements Selector {
        /** @throws io.esdb.InvalidInput if there is none, or one can be no tag */
        public OfTags {
            tags = SelectorBounds.names(
                    "tags", new QueryItem(Set.of(), Check.notNull("tags", tags), null, null).tags());
        }
    }

    /**
     * The events whose fields fit a pattern.
     *
     * @param pattern in canonical form
     */
    record EventFits(String pattern) implements Selector {
        /** @throws io.esdb.InvalidInput if it is no pattern, or nothing here knows patterns */
        public EventFits {
            pattern =
                    Patterns.found().ofEvent(Check.notNull("pattern", pattern)).canonical();
        }
    }

    /**
     * The events whose data fits a pattern.
     *
     * @param pattern in canonical form
     */
    record PayloadFits(String pattern) implements Selector {
        /** @throws io.esdb.InvalidInput if it is no pattern, or nothing here knows patterns */
        public PayloadFits {
            pattern = Patterns.found().ofData(Check.notNull("pattern", pattern)).canonical();
        }
    }

    /**
     * The events that all parts select.
     *
     * @param parts at least one, none of them an {@code AllOf}; in a fixed order
     */
    record AllOf(List<Selector> parts) implements Selector {
        /** Takes the parts of an {@code AllOf} for its own. */
        public AllOf {
            List<Selector> flat = new ArrayList<>();
            for (Selector part : Check.notNull("parts", parts)) {
                flat.addAll(part instanceof AllOf all ? all.parts() : List.of(Check.notNull("part", part)));
            }
            parts = SelectorBounds.parts(flat);
        }
    }

    /**
     * The events that any part selects.
     *
     * @param parts at least one, none of them an {@code AnyOf}; in a fixed order
     */
    record AnyOf(List<Selector> parts) implements Selector {
        /** Takes the parts of an {@code AnyOf} for its own. */
        public AnyOf {
            List<Selector> flat = new ArrayList<>();
            for (Selector part : Check.notNull("parts", parts)) {
                flat.addAll(part instanceof AnyOf any ? any.parts() : List.of(Check.notNull("part", part)));
            }
            parts = SelectorBounds.parts(flat);
        }
    }
}
