package io.esdb.subscriptions;

import io.esdb.InvalidInput;
import io.esdb.subscriptions.Selector.AllOf;
import io.esdb.subscriptions.Selector.AnyOf;
import io.esdb.subscriptions.Selector.OfTags;
import io.esdb.subscriptions.Selector.OfTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds selectors against their bounds, part by part, so that no selector over them ever exists. */
final class SelectorBounds {
    private SelectorBounds() {}

    static void name(String name) {
        bytes(utf8(name));
    }

    static Set<String> names(String field, Set<String> names) {
        if (names.isEmpty()) {
            throw new InvalidInput(field, "must hold at least one");
        }
        terms(names.size());
        bytes(names.stream().mapToLong(SelectorBounds::utf8).sum());
        return names;
    }

    /** The parts in a fixed order, each once. */
    static List<Selector> parts(List<Selector> parts) {
        if (parts.isEmpty()) {
            throw new InvalidInput("parts", "must hold at least one");
        }
        terms(parts.stream().mapToLong(SelectorBounds::termsOf).sum());
        Check.within("selectorDepth", Selector.MAX_DEPTH, 1 + deepest(parts));
        Map<String, Selector> byText = new TreeMap<>();
        long bytes = 0;
        for (Selector part : parts) {
            String text = SelectorText.body(part);
            bytes += utf8(text) + 1L;
            bytes(bytes);
            byText.put(text, part);
        }
        return List.copyOf(byText.values());
    }

    static void bytes(long actual) {
        Check.within("selectorBytes", Selector.MAX_BYTES, actual);
    }

    private static void terms(long actual) {
        Check.within("selectorTerms", Selector.MAX_TERMS, actual);
    }

    private static long termsOf(Selector selector) {
        if (selector instanceof OfTypes types) {
            return types.types().size();
        }
        if (selector instanceof OfTags tags) {
            return tags.tags().size();
        }
        List<Selector> parts = partsOf(selector);
        return parts.isEmpty()
                ? 1
                : parts.stream().mapToLong(SelectorBounds::termsOf).sum();
    }

    private static int deepest(List<Selector> parts) {
        return parts.stream()
                .mapToInt(part -> partsOf(part).isEmpty() ? 0 : 1 + deepest(partsOf(part)))
                .max()
                .orElse(0);
    }

    private static List<Selector> partsOf(Selector selector) {
        if (selector instanceof AllOf all) {
            return all.parts();
        }
        return selector instanceof AnyOf any ? any.parts() : List.of();
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
