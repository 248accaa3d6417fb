package io.esdb.subscriptions.persistent;

import io.esdb.spi.StoreAccess;
import io.esdb.subscriptions.persistent.Catalog.Known;
import io.esdb.subscriptions.persistent.Keys.Note;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** Makes infos of subscriptions, out of what this node has of them and what the leader says. */
record Overview(StoreAccess access, ParkedEvents parked) {
    private static final int MOST_COUNTED = 10_000;

    List<SubscriptionInfo> of(List<Known> all) {
        List<SubscriptionInfo> infos = new ArrayList<>();
        Map<String, PoolReport> reports =
                reports(all.stream().map(known -> known.definition().name()).toList());
        for (Known known : all) {
            Definition definition = known.definition();
            PoolReport report = reports.getOrDefault(
                    definition.name(), PoolReport.none(PoolState.MISSING, "", "the leader knows nothing of it"));
            infos.add(SubscriptionInfo.of(
                    definition,
                    report,
                    parked.count(definition.id(), Note.PARKED, MOST_COUNTED),
                    parked.count(definition.id(), Note.REPLAY, MOST_COUNTED)));
        }
        return infos;
    }

    private Map<String, PoolReport> reports(List<String> names) {
        Map<String, PoolReport> reports = new HashMap<>();
        for (int from = 0; from < names.size(); from += PoolReport.MOST_NAMES) {
            List<String> some = names.subList(from, Math.min(names.size(), from + PoolReport.MOST_NAMES));
            try {
                reports.putAll(
                        access.ask(PoolReport.KIND, some).toCompletableFuture().join());
            } catch (CompletionException e) {
                String reason = Check.reason(String.valueOf(e.getCause()));
                some.forEach(name -> reports.put(name, PoolReport.none(PoolState.MISSING, "", reason)));
            }
        }
        return reports;
    }
}
