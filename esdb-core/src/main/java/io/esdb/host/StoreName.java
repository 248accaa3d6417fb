package io.esdb.host;

import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for a store's name, which is a folder's name on every file system as well. */
final class StoreName {
    private static final int MOST_CHARACTERS = 64;
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    /** Windows gives these names, with whatever ending, to devices. */
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

    private StoreName() {}

    static String checked(@Nullable String name) {
        if (name == null) {
            throw new InvalidInput("store", "must not be null");
        }
        if (name.length() > MOST_CHARACTERS) {
            throw new LimitExceeded("store", MOST_CHARACTERS, name.length());
        }
        String beforeEnding = name.split("\\.", 2)[0];
        if (DEVICES.contains(beforeEnding) || beforeEnding.matches("(com|lpt)[0-9]")) {
            throw new InvalidInput("store", "must not be what Windows takes for a device, was '" + name + "'");
        }
        if (!ALLOWED.matcher(name).matches() || name.endsWith(".")) {
            throw new InvalidInput(
                    "store",
                    "must be lower-case letters, digits, '.', '_' and '-', beginning with a letter or digit and not"
                            + " ending with a dot, was '" + name + "'");
        }
        return name;
    }
}
