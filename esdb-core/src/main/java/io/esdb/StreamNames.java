package io.esdb;

import org.jspecify.annotations.Nullable;

/** The rules for the name of a stream that users append to. */
final class StreamNames {
    private StreamNames() {}

    static String checked(@Nullable String stream) {
        String name = Check.text("stream", stream);
        if (name.charAt(0) == '$') {
            throw new InvalidInput("stream", "must not start with '$', such names are reserved");
        }
        return name;
    }
}
