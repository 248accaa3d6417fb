package io.esdb.engine;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.IndexKind;
import io.esdb.StreamAppend;
import io.esdb.machine.Append;
import io.esdb.machine.Command;
import io.esdb.machine.CreateStore;
import io.esdb.machine.DeleteStream;
import io.esdb.machine.LimitStream;
import io.esdb.machine.RaiseVersion;
import io.esdb.machine.Settings;
import io.esdb.machine.SweepStream;
import io.esdb.machine.Transact;
import io.esdb.machine.TrimStream;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Commands for a store that the model knows: often right, sometimes wrong, with few names, so that they collide. */
final class CommandGenerator {
    private static final long TICK = 20;
    private static final List<Branch> DOCUMENT_BRANCHES =
            List.of(Branch.SUBSCRIPTIONS, Branch.SNAPSHOTS, Branch.PROJECTIONS, Branch.KEYS);

    private final Random random;
    private final NaiveStore model;
    private final RandomQueries queries;
    private final List<AppendRequest> earlier = new ArrayList<>();
    private long clock = 1_000;

    CommandGenerator(Random random, NaiveStore model) {
        this.random = random;
        this.model = model;
        this.queries = new RandomQueries(random);
    }

    CreateStore create() {
        Set<IndexKind> indexes = EnumSet.noneOf(IndexKind.class);
        for (IndexKind kind : IndexKind.values()) {
            if (random.nextInt(3) > 0) {
                indexes.add(kind);
            }
        }
        return new CreateStore(new Settings(id(), random.nextLong(), indexes));
    }

    /** A time near that of the last command, before or after it; few different ones, so that ages come out even. */
    long time() {
        int jump = random.nextInt(20) == 0 ? 100 : 4;
        clock += TICK * (random.nextInt(jump) - jump / 3);
        return clock;
    }

    Command next() {
        int dice = random.nextInt(100);
        if (dice < 55) {
            return append(fresh());
        }
        if (dice < 70) {
            return append(earlier.isEmpty() ? fresh() : again());
        }
        String stream = queries.pick(RandomQueries.STREAMS);
        if (dice < 76) {
            return new DeleteStream(stream, expected(stream), random.nextInt(8) == 0);
        }
        if (dice < 81) {
            return new TrimStream(stream, random.nextInt((int) model.visibleHead(stream) + 4));
        }
        if (dice < 86) {
            return new LimitStream(
                    stream, random.nextInt(5), random.nextInt(2) == 0 ? 0 : TICK * (1 + random.nextInt(20)));
        }
        if (dice < 89) {
            return new SweepStream(time(), stream, random.nextInt(6));
        }
        if (dice < 97) {
            return transact();
        }
        return dice == 97 ? create() : new RaiseVersion(random.nextInt(4) - 1);
    }

    private Append append(AppendRequest request) {
        earlier.add(request);
        return new Append(time(), request);
    }

    private AppendRequest fresh() {
        List<StreamAppend> parts = new ArrayList<>();
        List<String> names = new ArrayList<>(RandomQueries.STREAMS);
        Collections.shuffle(names, random);
        int streams = random.nextInt(4) > 0 ? 1 : 1 + random.nextInt(3);
        for (String name : names.subList(0, streams)) {
            parts.add(new StreamAppend(name, expected(name), events()));
        }
        return new AppendRequest(parts, condition());
    }

    private List<EventData> events() {
        List<EventData> events = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            boolean twice = !events.isEmpty() && random.nextInt(40) == 0;
            events.add(event(twice ? events.get(0).id() : id()));
        }
        return events;
    }

    private EventData event(UUID id) {
        return new EventData(
                id,
                queries.pick(RandomQueries.TYPES),
                random.nextBoolean() ? EventData.JSON : "text/x-own",
                bytes(random.nextInt(12)),
                EventData.JSON,
                bytes(random.nextInt(4)),
                queries.some(RandomQueries.TAGS, 3));
    }

    private ExpectedRevision expected(String stream) {
        long head = model.visibleHead(stream);
        return switch (random.nextInt(8)) {
            case 0 -> ExpectedRevision.exactly(random.nextInt(6));
            case 1 -> ExpectedRevision.noStream();
            case 2 -> ExpectedRevision.exists();
            case 3, 4 -> ExpectedRevision.any();
            default -> ExpectedRevision.after(head);
        };
    }

    private AppendCondition condition() {
        return switch (random.nextInt(6)) {
            case 0 -> AppendCondition.noneMatches(queries.indexed());
            case 1 -> after(model.last());
            case 2 -> after(Math.max(-1, model.last() - random.nextInt(8)));
            case 3 -> random.nextInt(4) == 0 ? after(model.last() + 2) : null;
            default -> null;
        };
    }

    private AppendCondition after(long position) {
        return AppendCondition.noneMatchesAfter(queries.indexed(), position);
    }

    /** An earlier request once more, as it was or not quite. */
    private AppendRequest again() {
        int back = random.nextBoolean() ? Math.min(earlier.size(), 5) : earlier.size();
        AppendRequest request = earlier.get(earlier.size() - 1 - random.nextInt(back));
        int part = random.nextInt(request.streams().size());
        StreamAppend first = request.streams().get(part);
        List<StreamAppend> parts = new ArrayList<>(request.streams());
        switch (random.nextInt(9)) {
            case 0 -> parts.set(part, with(first, first.events().subList(0, 1)));
            case 1 -> parts.set(part, with(first, plus(first.events(), event(id()))));
            case 2 -> parts.set(part, with(first, changed(first.events())));
            case 3 -> parts.set(part, new StreamAppend(otherThan(parts), first.expected(), first.events()));
            case 4 -> Collections.reverse(parts);
            case 5 -> parts.set(part, new StreamAppend(first.stream(), expected(first.stream()), first.events()));
            case 6 -> parts.add(new StreamAppend(otherThan(parts), ExpectedRevision.any(), events()));
            default -> {} // as it was, the likeliest
        }
        return new AppendRequest(parts, random.nextInt(4) == 0 ? condition() : request.condition());
    }

    private static StreamAppend with(StreamAppend part, List<EventData> events) {
        return new StreamAppend(part.stream(), part.expected(), events);
    }

    private static List<EventData> plus(List<EventData> events, EventData more) {
        List<EventData> longer = new ArrayList<>(events);
        longer.add(more);
        return longer;
    }

    private List<EventData> changed(List<EventData> events) {
        List<EventData> changed = new ArrayList<>(events);
        int at = random.nextInt(events.size());
        changed.set(at, event(events.get(at).id()));
        return changed;
    }

    private String otherThan(List<StreamAppend> parts) {
        List<String> names = new ArrayList<>(RandomQueries.STREAMS);
        parts.forEach(part -> names.remove(part.stream()));
        return queries.pick(names);
    }

    /** Sometimes with an append; often an earlier one, so that versions and ids disagree in all ways. */
    private Transact transact() {
        Set<DocumentKey> keys = new LinkedHashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            keys.add(new DocumentKey(queries.pick(DOCUMENT_BRANCHES), new byte[] {(byte) random.nextInt(2)}));
        }
        List<DocumentEdit> edits = keys.stream().map(this::edit).toList();
        return new Transact(
                edits,
                switch (random.nextInt(4)) {
                    case 0 -> append(fresh());
                    case 1 -> append(earlier.isEmpty() ? fresh() : again());
                    default -> null;
                });
    }

    private DocumentEdit edit(DocumentKey key) {
        long expected = switch (random.nextInt(5)) {
            case 0 -> random.nextInt(3);
            case 1 -> DocumentEdit.ANY_VERSION;
            default -> model.documentVersion(key);
        };
        return switch (random.nextInt(5)) {
            case 0 -> new DocumentEdit.Remove(key, expected);
            case 1 -> new DocumentEdit.Require(key, expected);
            default -> new DocumentEdit.Put(key, expected, bytes(random.nextInt(6)));
        };
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
