package io.esdb.json;

import io.esdb.InvalidInput;
import io.esdb.json.EventTypes.Mapping;
import io.esdb.json.EventTypes.Step;
import io.esdb.json.EventTypes.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For every version of every type that can be read: the class it becomes and the steps that lead there. */
final class Routes {
    private final Map<Version, Route> routes = new HashMap<>();
    private final Map<String, Integer> newest = new HashMap<>();

    /** The steps in order, each with the version that it starts from. */
    record Route(List<Version> from, List<Upcaster> upcasters, Class<?> eventClass) {}

    /** @throws InvalidInput if an upcaster leads nowhere, or starts from a version that needs none */
    Routes(EventTypes types) {
        for (Mapping mapping : types.mappings()) {
            add(mapping.newest(), new Route(List.of(), List.of(), mapping.eventClass()));
        }
        for (Version version : types.upcasted()) {
            Mapping mapping = types.ofType(version.type());
            if (mapping != null && version.number() >= mapping.newest().number()) {
                throw new InvalidInput("types", "have an upcaster from the newest " + named(version) + " or later");
            }
            add(version, follow(types, version));
        }
    }

    @Nullable
    Route from(Version version) {
        return routes.get(version);
    }

    /** The newest version known of a type, or null if the type is not known. */
    @Nullable
    Integer newest(String type) {
        return newest.get(type);
    }

    private void add(Version version, Route route) {
        routes.put(version, route);
        newest.merge(version.type(), version.number(), Math::max);
    }

    // Ends, because every step raises the version number and there are finitely many steps.
    private static Route follow(EventTypes types, Version start) {
        List<Version> from = new ArrayList<>();
        List<Upcaster> upcasters = new ArrayList<>();
        Version at = start;
        for (Step step = types.stepFrom(at); step != null; step = types.stepFrom(at)) {
            from.add(at);
            upcasters.add(step.upcaster());
            at = step.to();
        }
        Mapping mapping = types.ofType(at.type());
        if (mapping == null || !mapping.newest().equals(at)) {
            throw new InvalidInput("types", "have no class and no upcaster for " + named(at));
        }
        return new Route(List.copyOf(from), List.copyOf(upcasters), mapping.eventClass());
    }

    private static String named(Version version) {
        return "version " + version.number() + " of '" + version.type() + "'";
    }
}
