package io.esdb.subscriptions;

import io.esdb.subscriptions.Selector.All;
import io.esdb.subscriptions.Selector.AllOf;
import io.esdb.subscriptions.Selector.AnyOf;
import io.esdb.subscriptions.Selector.EventFits;
import io.esdb.subscriptions.Selector.OfCategory;
import io.esdb.subscriptions.Selector.OfPrefix;
import io.esdb.subscriptions.Selector.OfStream;
import io.esdb.subscriptions.Selector.OfTags;
import io.esdb.subscriptions.Selector.OfTypes;
import io.esdb.subscriptions.Selector.PayloadFits;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes selectors: the version, then nested words with arguments, as in {@code 1:and(category("order"),types("Paid"))}.
 * In quotes, {@code "} and {@code \} have a {@code \} before them.
 */
final class SelectorText {
    static final String VERSION = "1:";

    private SelectorText() {}

    static String of(Selector selector) {
        return VERSION + body(selector);
    }

    static String body(Selector selector) {
        if (selector instanceof All) {
            return "all()";
        } else if (selector instanceof OfStream of) {
            return names("stream", List.of(of.stream()));
        } else if (selector instanceof OfCategory of) {
            return names("category", List.of(of.category()));
        } else if (selector instanceof OfPrefix of) {
            return names("prefix", List.of(of.prefix()));
        } else if (selector instanceof OfTypes of) {
            return names("types", of.types());
        } else if (selector instanceof OfTags of) {
            return names("tags", of.tags());
        } else if (selector instanceof EventFits fits) {
            return names("event", List.of(fits.pattern()));
        } else if (selector instanceof PayloadFits fits) {
            return names("payload", List.of(fits.pattern()));
        } else if (selector instanceof AllOf all) {
            return parts("and", all.parts());
        }
        return parts("or", ((AnyOf) selector).parts());
    }

    private static String names(String word, Collection<String> names) {
        return names.stream().map(SelectorText::quoted).collect(Collectors.joining(",", word + "(", ")"));
    }

    private static String parts(String word, List<Selector> parts) {
        return parts.stream().map(SelectorText::body).collect(Collectors.joining(",", word + "(", ")"));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
