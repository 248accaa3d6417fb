package io.esdb.subscriptions;

import io.esdb.RecordedEvent;
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
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Makes predicates out of selectors; patterns are compiled once, and asked last since they read JSON. */
final class Matcher {
    private Matcher() {}

    static Predicate<RecordedEvent> of(Selector selector) {
        if (selector instanceof All) {
            return event -> true;
        } else if (selector instanceof OfStream of) {
            return event -> of.stream().equals(event.stream());
        } else if (selector instanceof OfCategory of) {
            return event -> of.category().equals(event.category());
        } else if (selector instanceof OfPrefix of) {
            return event -> event.stream().startsWith(of.prefix());
        } else if (selector instanceof OfTypes of) {
            return event -> of.types().contains(event.type());
        } else if (selector instanceof OfTags of) {
            return event -> event.tags().containsAll(of.tags());
        } else if (selector instanceof EventFits fits) {
            return Patterns.found().ofEvent(fits.pattern()).predicate();
        } else if (selector instanceof PayloadFits fits) {
            return Patterns.found().ofData(fits.pattern()).predicate();
        } else if (selector instanceof AllOf all) {
            return compiled(all.parts()).stream().reduce(event -> true, Predicate::and);
        }
        return compiled(((AnyOf) selector).parts()).stream().reduce(event -> false, Predicate::or);
    }

    private static List<Predicate<RecordedEvent>> compiled(List<Selector> parts) {
        return parts.stream()
                .sorted(Comparator.comparing(Matcher::readsJson))
                .map(Matcher::of)
                .toList();
    }

    private static boolean readsJson(Selector selector) {
        if (selector instanceof AllOf all) {
            return all.parts().stream().anyMatch(Matcher::readsJson);
        }
        if (selector instanceof AnyOf any) {
            return any.parts().stream().anyMatch(Matcher::readsJson);
        }
        return selector instanceof EventFits || selector instanceof PayloadFits;
    }
}
