package io.esdb.subscriptions.persistent;

import io.esdb.spi.StoreAccess;
import io.esdb.subscriptions.persistent.Catalog.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** Makes infos of subscriptions, out of what this node has of them and what the leader says. */
record Overview(StoreAccess access, Catalog catalog) {
    private static final int MOST_COUNTED = 10_000;
    private static final int PAGE = 1_000;

    List<SubscriptionInfo> of(List<Known> all) {
        List<SubscriptionInfo> infos = new ArrayList<>();
        Map<String, PoolReport> reports =
                reports(all.stream().map(known -> known.definition().name()).toList());
        for (Known known : all) {
            Definition definition = known.definition();
            PoolReport report = reports.getOrDefault(
                    definition.name(), PoolReport.none(PoolState.MISSING, "", "the leader knows nothing of it"));
            infos.add(SubscriptionInfo.of(definition, report, countParked(definition.id())));
        }
        return infos;
    }

    private int countParked(UUID id) {
        int count = 0;
        long after = -1;
        List<ParkedEvent> page = catalog.parked(id, after, PAGE);
        while (!page.isEmpty() && count < MOST_COUNTED) {
            count += page.size();
            after = page.get(page.size() - 1).position();
            page = catalog.parked(id, after, PAGE);
        }
        return count;
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
