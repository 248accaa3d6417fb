package io.esdb.subscriptions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.EventData;
import io.esdb.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Random events and random selectors, each selector together with what it means, said once more in plain Java. Names are
 * few, so that selectors fit often enough.
 */
final class RandomSelectors {
    static final List<String> STREAMS =
            List.of("order-1", "order-2", "order-10", "order", "user-1", "user-2", "-x", "o");
    private static final List<String> TYPES = List.of("Placed", "Paid", "Sent");
    private static final List<String> TAGS = List.of("a", "b", "c");
    private static final List<String> COUNTRIES = List.of("BE", "NL", "DE");

    private final Random random;

    RandomSelectors(long seed) {
        this.random = new Random(seed);
    }

    /** A selector, and what it means. */
    record Meant(Selector selector, Predicate<RecordedEvent> meaning) {}

    String stream() {
        return pick(STREAMS);
    }

    EventData event() {
        Set<String> tags = new TreeSet<>();
        TAGS.stream().filter(tag -> random.nextInt(3) == 0).forEach(tags::add);
        EventData event = EventData.json(pick(TYPES), data().getBytes(UTF_8));
        return (random.nextInt(8) == 0 ? EventData.bytes(event.type(), event.data()) : event)
                .withTags(tags)
                .withMetadata(random.nextBoolean() ? new byte[0] : "{\"user\":\"ann\"}".getBytes(UTF_8));
    }

    /** The amount, the country in an object, and a list; or something hostile. */
    private String data() {
        int kind = random.nextInt(12);
        return switch (kind) {
            case 0 -> "[".repeat(5_000);
            case 1 -> "{\"amount\":";
            case 2 -> "";
            default ->
                "{\"amount\":" + random.nextInt(5) + (kind % 2 == 0 ? ".0" : "")
                        + (kind < 8 ? ",\"to\":{\"country\":\"" + pick(COUNTRIES) + "\",\"zip\":1}" : ",\"to\":null")
                        + ",\"items\":[" + (kind % 3 == 0 ? "1,2" : "2,1") + "]}";
        };
    }

    Meant next(int depth) {
        int kind = random.nextInt(depth == 0 ? 12 : 18);
        return switch (kind) {
            case 0 -> new Meant(Selector.all(), event -> true);
            case 1 -> stream(pick(STREAMS));
            case 2 -> category(pick(List.of("order", "user", "o")));
            case 3 -> prefix(pick(List.of("o", "order", "order-", "order-1", "user-", "-x")));
            case 4 -> types();
            case 5 -> tags();
            case 6, 7, 8 -> payload();
            case 9, 10, 11 -> fields();
            case 12, 13, 14 -> all(depth);
            default -> any(depth);
        };
    }

    private static Meant stream(String name) {
        return new Meant(Selector.stream(name), event -> name.equals(event.stream()));
    }

    private static Meant category(String name) {
        return new Meant(
                Selector.category(name), event -> name.equals(event.stream().split("-", 2)[0]));
    }

    private static Meant prefix(String name) {
        return new Meant(Selector.streamPrefix(name), event -> event.stream().startsWith(name));
    }

    private Meant types() {
        String one = pick(TYPES);
        String other = pick(TYPES);
        return new Meant(
                Selector.types(one, other),
                event -> event.type().equals(one) || event.type().equals(other));
    }

    private Meant tags() {
        String one = pick(TAGS);
        String other = pick(TAGS);
        return new Meant(
                Selector.tags(one, other),
                event -> event.tags().contains(one) && event.tags().contains(other));
    }

    private Meant payload() {
        Part part = part();
        return new Meant(Selector.payload(part.pattern()), event -> part.fits().test(text(event)));
    }

    private Meant fields() {
        return switch (random.nextInt(5)) {
            case 0 -> {
                String type = pick(TYPES);
                yield new Meant(
                        Selector.event("{\"type\":\"" + type + "\"}"),
                        event -> event.type().equals(type));
            }
            case 1 -> {
                int least = random.nextInt(60);
                yield new Meant(
                        Selector.event("{\"position\":{\"$gte\":" + least + "}}"), event -> event.position() >= least);
            }
            case 2 ->
                new Meant(
                        Selector.event("{\"metadata\":{\"user\":\"ann\"}}"),
                        event -> new String(event.metadata(), UTF_8).contains("ann"));
            case 3 ->
                new Meant(
                        Selector.event("{\"tags\":[\"a\",\"b\"],\"category\":\"order\"}"),
                        event -> event.tags().equals(Set.of("a", "b"))
                                && event.stream().split("-", 2)[0].equals("order"));
            default -> {
                Part part = part();
                yield new Meant(
                        Selector.event("{\"data\":" + part.pattern() + ",\"revision\":{\"$exists\":true}}"),
                        event -> part.fits().test(text(event)));
            }
        };
    }

    private Meant all(int depth) {
        List<Meant> parts = parts(depth);
        return new Meant(
                Selector.allOf(selectors(parts)),
                event -> parts.stream().allMatch(part -> part.meaning().test(event)));
    }

    private Meant any(int depth) {
        List<Meant> parts = parts(depth);
        return new Meant(
                Selector.anyOf(selectors(parts)),
                event -> parts.stream().anyMatch(part -> part.meaning().test(event)));
    }

    private List<Meant> parts(int depth) {
        List<Meant> parts = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            parts.add(next(depth - 1));
        }
        return parts;
    }

    private static Selector[] selectors(List<Meant> parts) {
        return parts.stream().map(Meant::selector).toArray(Selector[]::new);
    }

    /** A pattern over data, and what it means for the data's text; null stands for what is not JSON. */
    private record Part(String pattern, Predicate<@Nullable String> fits) {}

    private Part part() {
        int n = random.nextInt(5);
        String country = pick(COUNTRIES);
        return switch (random.nextInt(8)) {
            case 0 -> new Part("{\"amount\":" + n + "}", text -> amount(text) == n);
            case 1 -> new Part("{\"amount\":{\"$gt\":" + n + "}}", text -> amount(text) > n);
            case 2 -> new Part("{\"amount\":{\"$lte\":" + n + "}}", text -> text != null && amount(text) <= n);
            case 3 -> new Part("{\"to\":{\"country\":\"" + country + "\"}}", text -> has(text, country));
            case 4 ->
                new Part(
                        "{\"to\":{\"country\":{\"$in\":[\"BE\",\"NL\"]}}}", text -> has(text, "BE") || has(text, "NL"));
            case 5 -> new Part("{\"to\":{\"$exists\":true}}", Objects::nonNull);
            case 6 -> new Part("{\"to\":{\"zip\":{\"$exists\":true}}}", text -> has(text, "zip"));
            default -> new Part("{\"items\":[1,2]}", text -> has(text, "[1,2]"));
        };
    }

    private static boolean has(@Nullable String text, String part) {
        return text != null && text.contains(part);
    }

    private static int amount(@Nullable String text) {
        return text == null ? Integer.MIN_VALUE : text.charAt(text.indexOf(':') + 1) - '0';
    }

    private static @Nullable String text(RecordedEvent event) {
        String text = new String(event.data(), UTF_8);
        return event.contentType().equals(EventData.JSON) && text.endsWith("}") ? text : null;
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    int number(int bound) {
        return random.nextInt(bound);
    }
}
