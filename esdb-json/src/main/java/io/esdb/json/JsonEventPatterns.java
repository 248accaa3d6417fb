package io.esdb.json;

import io.esdb.spi.EventPatterns;

/** {@link JsonPattern} as a service: patterns over an event's data, and over the event as {@link EventFields} shows it. */
public final class JsonEventPatterns implements EventPatterns {
    /** For the service loader. */
    public JsonEventPatterns() {}

    @Override
    public Compiled ofData(String pattern) {
        JsonPattern parsed = JsonPattern.parse(pattern);
        return new Compiled(parsed.toJson(), parsed::matches);
    }

    @Override
    public Compiled ofEvent(String pattern) {
        JsonPattern parsed = JsonPattern.parse(pattern);
        EventFields fields = EventFields.neededBy(parsed);
        return new Compiled(parsed.toJson(), event -> parsed.fits(fields.of(event)));
    }
}
