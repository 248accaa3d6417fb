package io.esdb.json;

import java.util.Locale;

/** Tells JSON from other content. */
final class ContentTypes {
    private ContentTypes() {}

    /** Whether a MIME type is {@code application/json} or ends in {@code +json}; parameters do not count. */
    static boolean isJson(String contentType) {
        int parameters = contentType.indexOf(';');
        String name = parameters < 0 ? contentType : contentType.substring(0, parameters);
        String type = name.strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.endsWith("+json");
    }
}
