package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.esdb.RecordedEvent;
import io.esdb.json.EventTypes.Version;
import io.esdb.json.Routes.Route;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes objects of the newest version out of recorded events of any version. */
final class EventReader {
    private final Json json;
    private final Metadata metadata;
    private final Routes routes;
    private final UnknownTypes unknown;

    EventReader(Json json, Metadata metadata, Routes routes, UnknownTypes unknown) {
        this.json = json;
        this.metadata = metadata;
        this.routes = routes;
        this.unknown = unknown;
    }

    <T> T read(RecordedEvent event, Class<T> kind) {
        Integer newest = routes.newest(event.type());
        if (newest == null) {
            return raw(event, kind);
        }
        if (!ContentTypes.isJson(event.contentType())) {
            throw new WrongContentType(event.type(), event.position(), event.contentType());
        }
        Version version = new Version(event.type(), metadata.version(event));
        return kind.cast(new Reading(event, version).read(route(event, version, newest), kind));
    }

    private <T> T raw(RecordedEvent event, Class<T> kind) {
        if (unknown == UnknownTypes.RAW && kind.isInstance(event)) {
            return kind.cast(event);
        }
        throw new UnknownEventType(event.type(), event.position());
    }

    private Route route(RecordedEvent event, Version version, int newest) {
        Route route = routes.from(version);
        if (route != null) {
            return route;
        }
        throw version.number() > newest
                ? new EventTooNew(event.type(), version.number(), event.position(), newest)
                : new UpcasterMissing(event.type(), version.number(), event.position());
    }

    /** One event on its way through the upcasters. */
    private final class Reading {
        private final RecordedEvent event;
        private final Version version;

        Reading(RecordedEvent event, Version version) {
            this.event = event;
            this.version = version;
        }

        Object read(Route route, Class<?> kind) {
            if (!kind.isAssignableFrom(route.eventClass())) {
                throw new UnexpectedEventClass(
                        event.type(), version.number(), event.position(), kind, route.eventClass());
            }
            try {
                // Old and new versions take the same way from bytes to the object, so they give the same values.
                byte[] data = route.upcasters().isEmpty() ? event.data() : json.write(upcast(route));
                Object value = json.read(data, route.eventClass());
                if (value != null) {
                    return value;
                }
            } catch (EventNotReadable e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                throw malformed("its data is no " + route.eventClass().getName(), e);
            }
            throw malformed("its data is null", null);
        }

        private ObjectNode upcast(Route route) throws IOException {
            JsonNode tree = json.tree(event.data());
            if (!(tree instanceof ObjectNode data)) {
                throw malformed("its data is no object, so it cannot be upcast", null);
            }
            for (int i = 0; i < route.upcasters().size(); i++) {
                data = step(route.from().get(i), route.upcasters().get(i), data);
            }
            return data;
        }

        private ObjectNode step(Version from, Upcaster upcaster, ObjectNode data) {
            RuntimeException cause = null;
            try {
                @Nullable ObjectNode next = upcaster.upcast(data);
                if (next != null) {
                    return next;
                }
            } catch (RuntimeException e) {
                cause = e;
            }
            throw new UpcasterFailed(
                    event.type(), version.number(), event.position(), from.type(), from.number(), cause);
        }

        private MalformedEvent malformed(String reason, @Nullable Exception cause) {
            return new MalformedEvent(event.type(), version.number(), event.position(), reason, cause);
        }
    }
}
