package io.esdb.subscriptions.persistent;

import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.RecordedEvent;

/**
 * Which events of a subscription wait for each other. Events with the same key are handled one after the other in the
 * order of positions, and while one of them is tried again the later ones wait.
 *
 * @param kind what the key is
 * @param tagPrefix for {@link Kind#TAG}: how the tag begins that is the key; empty otherwise
 */
public record OrderBy(Kind kind, String tagPrefix) {
    private static final int MOST_PREFIX = 200;

    /** What the key of an event is. */
    public enum Kind {
        /** Its stream. */
        STREAM,
        /** Its category. */
        CATEGORY,
        /** Its type. */
        TYPE,
        /** Its first tag, by text, that begins so; its stream if it has none. */
        TAG,
        /** None: no event waits for another. */
        NONE
    }

    /**
     * @throws InvalidInput if there is a prefix without a use, or none where one belongs
     * @throws LimitExceeded if the prefix has more than 200 characters
     */
    public OrderBy {
        Check.notNull("kind", kind);
        if (Check.notNull("tagPrefix", tagPrefix).isEmpty() == (kind == Kind.TAG)) {
            throw new InvalidInput("tagPrefix", "must be given for TAG and for nothing else");
        }
        if (tagPrefix.length() > MOST_PREFIX) {
            throw new LimitExceeded("tagPrefix", MOST_PREFIX, tagPrefix.length());
        }
    }

    /** By stream, the default. */
    public static OrderBy stream() {
        return new OrderBy(Kind.STREAM, "");
    }

    /** By category. */
    public static OrderBy category() {
        return new OrderBy(Kind.CATEGORY, "");
    }

    /** By type. */
    public static OrderBy type() {
        return new OrderBy(Kind.TYPE, "");
    }

    /** By the tag that begins so, say {@code customer:}. */
    public static OrderBy tag(String prefix) {
        return new OrderBy(Kind.TAG, prefix);
    }

    /** Not at all. */
    public static OrderBy none() {
        return new OrderBy(Kind.NONE, "");
    }

    /** The key of an event; different keys may rarely be the same number, and then wait for each other needlessly. */
    long keyOf(RecordedEvent event) {
        return kind == Kind.NONE ? mixed(event.position()) : hash(name(event));
    }

    private String name(RecordedEvent event) {
        return switch (kind) {
            case CATEGORY -> event.category();
            case TYPE -> event.type();
            case TAG ->
                event.tags().stream()
                        .filter(tag -> tag.startsWith(tagPrefix))
                        .sorted()
                        .findFirst()
                        .orElse(event.stream());
            default -> event.stream();
        };
    }

    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    /** Spreads all bits over all bits, so that what is left of a division is even. */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        return mixed ^ (mixed >>> 29);
    }
}
