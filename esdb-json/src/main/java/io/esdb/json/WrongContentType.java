package io.esdb.json;

import java.io.Serial;

/** The event's data, or the metadata asked for, does not say that it is JSON. */
public final class WrongContentType extends EventNotReadable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String contentType;

    WrongContentType(String type, long position, String contentType) {
        super(type, NO_VERSION, position, "is '" + contentType + "', not JSON", null);
        this.contentType = contentType;
    }

    /** The content type as recorded. */
    public String contentType() {
        return contentType;
    }
}
