package io.esdb.subscriptions;

import io.esdb.InvalidInput;
import io.esdb.subscriptions.Selector.AllOf;
import io.esdb.subscriptions.Selector.AnyOf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads what {@link SelectorText} wrote. It looks at each character once and nests no deeper than selectors may. */
final class SelectorParser {
    private final String text;
    private int at;

    private SelectorParser(String text) {
        this.text = text;
    }

    static Selector parse(String text) {
        SelectorBounds.bytes(text.length());
        SelectorBounds.bytes(text.getBytes(StandardCharsets.UTF_8).length);
        SelectorParser parser = new SelectorParser(text);
        if (!text.startsWith(SelectorText.VERSION)) {
            throw parser.wrong("must begin with '" + SelectorText.VERSION + "', the one version known here");
        }
        parser.at = SelectorText.VERSION.length();
        Selector selector = parser.selector(0);
        if (parser.at < text.length()) {
            throw parser.wrong("must end");
        }
        return selector;
    }

    private Selector selector(int depth) {
        Check.within("selectorDepth", Selector.MAX_DEPTH, depth);
        int start = at;
        int open = text.indexOf('(', at);
        String word = open < 0 ? "" : text.substring(at, open);
        at = open < 0 ? at : open + 1;
        Selector selector = switch (word) {
            case "all" -> Selector.all();
            case "stream" -> Selector.stream(string());
            case "category" -> Selector.category(string());
            case "prefix" -> Selector.streamPrefix(string());
            case "types" -> Selector.types(strings());
            case "tags" -> Selector.tags(strings());
            case "event" -> Selector.event(string());
            case "payload" -> Selector.payload(string());
            case "and" -> new AllOf(list(() -> selector(depth + 1)));
            case "or" -> new AnyOf(list(() -> selector(depth + 1)));
            default -> {
                at = start;
                throw wrong("must have a known kind of selector");
            }
        };
        expect(')');
        return selector;
    }

    private String[] strings() {
        return list(this::string).toArray(String[]::new);
    }

    private <T> List<T> list(Supplier<T> element) {
        List<T> elements = new ArrayList<>();
        elements.add(element.get());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            elements.add(element.get());
            Check.within("selectorTerms", Selector.MAX_TERMS, elements.size());
        }
        return elements;
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at < text.length()) {
                string.append(text.charAt(at++));
            }
        }
        expect('"');
        return string.toString();
    }

    private void expect(char wanted) {
        if (at >= text.length() || text.charAt(at) != wanted) {
            throw wrong("must have '" + wanted + "'");
        }
        at++;
    }

    private InvalidInput wrong(String problem) {
        return new InvalidInput("selector", problem + " at index " + at);
    }
}
