package io.esdb.engine;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import io.esdb.EventData;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.StreamAppend;
import io.esdb.machine.Append;
import io.esdb.machine.Command;
import io.esdb.machine.CreateStore;
import io.esdb.machine.DeleteStream;
import io.esdb.machine.LimitStream;
import io.esdb.machine.RaiseVersion;
import io.esdb.machine.Reply;
import io.esdb.machine.SweepStream;
import io.esdb.machine.Transact;
import io.esdb.machine.TrimStream;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A store as simply as it can be said: lists, maps, and a look at everything for each answer. */
final class NaiveStore {
    final List<NaiveEvent> log = new ArrayList<>();
    final Map<String, NaiveStream> streams = new TreeMap<>();
    private final Map<DocumentKey, Long> documents = new HashMap<>();
    private boolean created;
    private int version;
    private long time;

    long last() {
        return log.size() - 1L;
    }

    int version() {
        return version;
    }

    /** The revision that expectations are held against. */
    long visibleHead(String stream) {
        NaiveStream known = streams.get(stream);
        return known == null || !known.isActive() ? -1 : known.head;
    }

    long documentVersion(DocumentKey key) {
        return documents.getOrDefault(key, 0L);
    }

    boolean shows(NaiveEvent event, long clock) {
        return streams.get(event.stream()).shows(event, Math.max(clock, time));
    }

    boolean isSwept(NaiveEvent event) {
        return event.revision() < streams.get(event.stream()).sweptBefore;
    }

    Reply apply(Command command) {
        if (command instanceof CreateStore) {
            boolean first = !created;
            created = true;
            version = Math.max(1, version);
            return new Reply.Done(first);
        }
        boolean writesAnyway = command instanceof Transact || command instanceof RaiseVersion;
        if (!created && (writesAnyway || command instanceof Append)) {
            return new Reply.Refused("");
        }
        if (command instanceof Append append) {
            return append(append.request(), append.time());
        }
        if (command instanceof DeleteStream delete) {
            return delete(delete);
        }
        if (command instanceof TrimStream trim) {
            return trim(trim);
        }
        if (command instanceof LimitStream limit) {
            return limit(limit);
        }
        if (command instanceof SweepStream sweep) {
            return sweep(sweep);
        }
        if (command instanceof Transact transact) {
            return transact(transact);
        }
        return raise(((RaiseVersion) command).version());
    }

    private Reply append(AppendRequest request, long proposed) {
        List<NaiveEvent> wanted = wanted(request);
        Reply known = known(wanted);
        if (known != null) {
            return known;
        }
        long now = Math.max(proposed, time);
        for (StreamAppend part : request.streams()) {
            NaiveStream stream = streams.get(part.stream());
            if (stream != null && stream.tombstoned) {
                return new Reply.Tombstoned(part.stream());
            }
            if (!NaiveStream.isMet(part.expected(), visibleHead(part.stream()))) {
                return new Reply.WrongRevision(part.stream(), visibleHead(part.stream()));
            }
        }
        AppendCondition condition = request.condition();
        for (NaiveEvent event : log) {
            if (condition != null
                    && event.position() > condition.after()
                    && matches(condition.failIfMatches(), event)
                    && shows(event, now)) {
                return new Reply.ConditionFailed(event.position());
            }
        }
        return write(wanted, now);
    }

    private static List<NaiveEvent> wanted(AppendRequest request) {
        List<NaiveEvent> wanted = new ArrayList<>();
        for (StreamAppend part : request.streams()) {
            for (EventData data : part.events()) {
                wanted.add(new NaiveEvent(-1, part.stream(), -1, data, -1, -1));
            }
        }
        return wanted;
    }

    private Reply known(List<NaiveEvent> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (wanted.get(i).data().id().equals(wanted.get(j).data().id())) {
                    return new Reply.IdTaken(wanted.get(i).data().id(), -1);
                }
            }
        }
        for (NaiveEvent one : wanted) {
            for (NaiveEvent event : log) {
                if (event.data().id().equals(one.data().id())) {
                    List<NaiveEvent> earlier = log.stream()
                            .filter(other -> other.appendStart() == event.appendStart())
                            .toList();
                    return isSame(earlier, wanted)
                            ? answer(earlier)
                            : new Reply.IdTaken(event.data().id(), event.position());
                }
            }
        }
        return null;
    }

    private boolean isSame(List<NaiveEvent> earlier, List<NaiveEvent> wanted) {
        boolean same = earlier.size() == wanted.size();
        for (int i = 0; same && i < wanted.size(); i++) {
            same = earlier.get(i).stream().equals(wanted.get(i).stream())
                    && earlier.get(i).data().id().equals(wanted.get(i).data().id())
                    && (isSwept(earlier.get(i))
                            || earlier.get(i).data().equals(wanted.get(i).data()));
        }
        return same;
    }

    private Reply write(List<NaiveEvent> wanted, long now) {
        List<NaiveEvent> written = new ArrayList<>();
        long start = log.size();
        time = now;
        for (NaiveEvent one : wanted) {
            NaiveStream stream = streams.computeIfAbsent(one.stream(), name -> new NaiveStream());
            stream.deleted = false;
            stream.head++;
            NaiveEvent event = new NaiveEvent(log.size(), one.stream(), stream.head, one.data(), now, start);
            log.add(event);
            written.add(event);
        }
        return answer(written);
    }

    private static Reply answer(List<NaiveEvent> events) {
        List<StreamRevisions> revisions = new ArrayList<>();
        for (NaiveEvent event : events) {
            int end = revisions.size() - 1;
            if (end >= 0 && revisions.get(end).stream().equals(event.stream())) {
                revisions.set(
                        end,
                        new StreamRevisions(event.stream(), revisions.get(end).first(), event.revision()));
            } else {
                revisions.add(new StreamRevisions(event.stream(), event.revision(), event.revision()));
            }
        }
        long first = events.get(0).position();
        return new Reply.Appended(new AppendResult(first, first + events.size() - 1, revisions));
    }

    private Reply delete(DeleteStream delete) {
        NaiveStream stream = streams.get(delete.stream());
        if (stream != null && stream.tombstoned) {
            return delete.forGood() ? new Reply.Done(false) : new Reply.Tombstoned(delete.stream());
        }
        if (!NaiveStream.isMet(delete.expected(), visibleHead(delete.stream()))) {
            return new Reply.WrongRevision(delete.stream(), visibleHead(delete.stream()));
        }
        if (stream == null) {
            return delete.forGood() ? new Reply.NoStream(delete.stream()) : new Reply.Done(false);
        }
        if (stream.deleted && !delete.forGood()) {
            return new Reply.Done(false);
        }
        stream.hiddenBefore = stream.head + 1;
        stream.deleted = true;
        stream.tombstoned = delete.forGood();
        return new Reply.Done(true);
    }

    private Reply trim(TrimStream trim) {
        NaiveStream stream = streams.get(trim.stream());
        Reply refusal = refusal(trim.stream(), stream);
        if (refusal != null) {
            return refusal;
        }
        long before = stream.hiddenBefore;
        stream.hiddenBefore = Math.max(before, Math.min(trim.before(), stream.head + 1));
        return new Reply.Done(stream.hiddenBefore != before);
    }

    private Reply limit(LimitStream limit) {
        NaiveStream stream = streams.get(limit.stream());
        Reply refusal = refusal(limit.stream(), stream);
        if (refusal != null) {
            return refusal;
        }
        boolean changed = stream.maxCount != limit.maxCount() || stream.maxAge != limit.maxAgeMicros();
        stream.maxCount = limit.maxCount();
        stream.maxAge = limit.maxAgeMicros();
        return new Reply.Done(changed);
    }

    private Reply sweep(SweepStream sweep) {
        NaiveStream stream = streams.get(sweep.stream());
        int swept = 0;
        for (NaiveEvent event : log) {
            boolean next = event.stream().equals(sweep.stream()) && event.revision() == stream.sweptBefore;
            if (next && swept < sweep.most() && !shows(event, sweep.time())) {
                stream.sweptBefore++;
                swept++;
            }
        }
        return new Reply.Done(swept > 0);
    }

    private static Reply refusal(String name, NaiveStream stream) {
        if (stream != null && stream.tombstoned) {
            return new Reply.Tombstoned(name);
        }
        return stream == null || stream.deleted ? new Reply.NoStream(name) : null;
    }

    private Reply transact(Transact transact) {
        Reply known = transact.append() == null
                ? null
                : known(wanted(transact.append().request()));
        List<DocumentEdit> edits = transact.edits();
        for (int i = 0; i < edits.size(); i++) {
            long actual = documentVersion(edits.get(i).key());
            if (edits.get(i).expected() >= 0 && edits.get(i).expected() != actual) {
                return known instanceof Reply.Appended before
                        ? new Reply.Transacted(before.result(), versions(edits), true)
                        : new Reply.WrongDocumentVersion(i, actual);
            }
        }
        AppendResult appended = null;
        if (transact.append() != null) {
            Reply reply = append(transact.append().request(), transact.append().time());
            if (!(reply instanceof Reply.Appended done)) {
                return reply;
            }
            appended = done.result();
        }
        for (DocumentEdit edit : edits) {
            if (edit instanceof DocumentEdit.Put) {
                documents.merge(edit.key(), 1L, Long::sum);
            } else if (edit instanceof DocumentEdit.Remove) {
                documents.remove(edit.key());
            }
        }
        return new Reply.Transacted(appended, versions(edits), false);
    }

    private List<Long> versions(List<DocumentEdit> edits) {
        return edits.stream().map(edit -> documentVersion(edit.key())).toList();
    }

    private Reply raise(int wanted) {
        if (wanted > 1) {
            return new Reply.Refused("");
        }
        boolean higher = wanted > version;
        version = Math.max(version, wanted);
        return new Reply.Done(higher);
    }

    static boolean matches(Query query, NaiveEvent event) {
        return query.items().stream().anyMatch(item -> matches(item, event));
    }

    private static boolean matches(QueryItem item, NaiveEvent event) {
        String category = event.stream().split("-", -1)[0];
        return (item.types().isEmpty() || item.types().contains(event.data().type()))
                && event.data().tags().containsAll(item.tags())
                && (item.category() == null || item.category().equals(category))
                && (item.streamPrefix() == null || event.stream().startsWith(item.streamPrefix()));
    }
}
