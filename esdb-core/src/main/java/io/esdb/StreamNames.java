package io.esdb;

import org.jspecify.annotations.Nullable;

/** The rules for the names of streams that users change: any text without control characters, not empty, no {@code $}. */
public final class StreamNames {
    private StreamNames() {}

    /**
     * The name itself, if a user may append to a stream of this name.
     *
     * @throws InvalidInput if it is null or empty, starts with {@code $}, holds a control character or an unpaired
     *     surrogate
     */
    public static String checked(@Nullable String stream) {
        String name = Check.text("stream", stream);
        if (name.charAt(0) == '$') {
            throw new InvalidInput("stream", "must not start with '$', such names are reserved");
        }
        return name;
    }

    /**
     * The text itself, if it can be a part of a name: possibly empty, but valid Unicode.
     *
     * @param field what to call it in the failure
     * @throws InvalidInput if it is null or holds an unpaired surrogate
     */
    public static String part(String field, @Nullable String text) {
        return Check.encodable(field, Check.notNull(field, text));
    }
}
