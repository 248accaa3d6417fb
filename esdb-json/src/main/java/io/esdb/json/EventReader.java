package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.esdb.RecordedEvent;
import io.esdb.json.EventTypes.Version;
import io.esdb.json.Routes.Route;
import java.io.IOException;
import java.util.Optional;
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
        Version version = version(event);
        return kind.cast(new Reading(event, version).read(route(event, version, newest), kind));
    }

    /** Empty for an event that is to be passed over. */
    <T> Optional<T> readKnown(RecordedEvent event, Class<T> kind) {
        boolean passedOver = unknown == UnknownTypes.SKIP && routes.newest(event.type()) == null;
        return passedOver ? Optional.empty() : Optional.of(read(event, kind));
    }

    ObjectNode tree(RecordedEvent event) {
        Integer newest = routes.newest(event.type());
        if (newest == null && unknown != UnknownTypes.RAW) {
            throw new UnknownEventType(event.type(), event.position());
        }
        Version version = version(event);
        Reading reading = new Reading(event, version);
        return newest == null ? reading.data() : reading.tree(route(event, version, newest));
    }

    private Version version(RecordedEvent event) {
        if (!ContentTypes.isJson(event.contentType())) {
            throw new WrongContentType(event.type(), event.position(), event.contentType());
        }
        return new Version(event.type(), metadata.version(event));
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

        ObjectNode tree(Route route) {
            try {
                return upcast(route);
            } catch (IOException e) {
                throw malformed("its data is not JSON within the limits", e);
            }
        }

        /** As it was written. */
        ObjectNode data() {
            try {
                return object();
            } catch (IOException e) {
                throw malformed("its data is not JSON within the limits", e);
            }
        }

        private ObjectNode object() throws IOException {
            JsonNode tree = json.tree(event.data());
            if (tree instanceof ObjectNode data) {
                return data;
            }
            throw malformed("its data is no object, so it has no fields to change or to fold", null);
        }

        private ObjectNode upcast(Route route) throws IOException {
            ObjectNode data = object();
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
