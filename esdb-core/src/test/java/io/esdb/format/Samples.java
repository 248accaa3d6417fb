package io.esdb.format;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.IndexKind;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import io.esdb.StreamAppend;
import io.esdb.StreamInfo.Status;
import io.esdb.machine.Append;
import io.esdb.machine.Change;
import io.esdb.machine.Command;
import io.esdb.machine.Counters;
import io.esdb.machine.CreateStore;
import io.esdb.machine.DeleteStream;
import io.esdb.machine.LimitStream;
import io.esdb.machine.RaiseVersion;
import io.esdb.machine.Reply;
import io.esdb.machine.Settings;
import io.esdb.machine.StoredEvent;
import io.esdb.machine.StreamState;
import io.esdb.machine.SweepStream;
import io.esdb.machine.Transact;
import io.esdb.machine.TrimStream;
import io.esdb.spi.Branch;
import io.esdb.spi.Document;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.LogIndex;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One of everything that has a format, by name. */
final class Samples {
    static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    static final UUID OTHER_ID = UUID.fromString("f0e1d2c3-b4a5-4697-8879-6a5b4c3d2e1f");
    static final Settings SETTINGS =
            new Settings(ID, 0x0123_4567_89ab_cdefL, Set.of(IndexKind.TYPE, IndexKind.CATEGORY, IndexKind.TAG));

    private Samples() {}

    static Map<String, Command> commands() {
        Map<String, Command> commands = new LinkedHashMap<>();
        commands.put("create-store", new CreateStore(SETTINGS));
        commands.put("create-store-without-indexes", new CreateStore(new Settings(OTHER_ID, -1, Set.of())));
        commands.put(
                "append", new Append(1_700_000_000_000_000L, AppendRequest.to("s", ExpectedRevision.any(), event())));
        commands.put("append-to-two-streams-on-condition", new Append(-1, conditional()));
        commands.put("delete-stream", new DeleteStream("order-1", ExpectedRevision.exists(), false));
        commands.put("delete-stream-for-good", new DeleteStream("order-1", ExpectedRevision.exactly(258), true));
        commands.put("trim-stream", new TrimStream("order-1", 7));
        commands.put("limit-stream", new LimitStream("order-1", 100, 86_400_000_000L));
        commands.put("sweep-stream", new SweepStream(1_700_000_000_000_000L, "order-1", 500));
        commands.put("transact", new Transact(List.of(new DocumentEdit.Put(documentKey(), 3, bytes("value"))), null));
        commands.put("transact-with-everything", new Transact(edits(), new Append(7, conditional())));
        commands.put("raise-version", new RaiseVersion(2));
        return commands;
    }

    static Map<String, Reply> replies() {
        Map<String, Reply> replies = new LinkedHashMap<>();
        List<StreamRevisions> revisions = List.of(new StreamRevisions("a", 0, 1), new StreamRevisions("é", 7, 7));
        replies.put("appended", new Reply.Appended(new AppendResult(10, 12, revisions)));
        replies.put("done-changed", new Reply.Done(true));
        replies.put("done-unchanged", new Reply.Done(false));
        replies.put("transacted", new Reply.Transacted(null, List.of(4L), false));
        replies.put(
                "transacted-with-append",
                new Reply.Transacted(new AppendResult(10, 12, revisions), List.of(0L, 258L), true));
        replies.put("wrong-revision", new Reply.WrongRevision("a", -1));
        replies.put("condition-failed", new Reply.ConditionFailed(258));
        replies.put("id-taken", new Reply.IdTaken(ID, 5));
        replies.put("tombstoned", new Reply.Tombstoned("a"));
        replies.put("no-stream", new Reply.NoStream("a"));
        replies.put("wrong-document-version", new Reply.WrongDocumentVersion(1, 2));
        replies.put("refused", new Reply.Refused("why"));
        return replies;
    }

    static Map<String, StoredEvent> events() {
        Map<String, StoredEvent> events = new LinkedHashMap<>();
        events.put("record", stored(event(), 0x0102, "order-1"));
        events.put("record-with-everything", stored(fullEvent(), Long.MAX_VALUE, "zażółć-1"));
        events.put("record-swept", stored(fullEvent(), 258, "order-1").swept());
        return events;
    }

    static Map<String, StreamState> streams() {
        Map<String, StreamState> streams = new LinkedHashMap<>();
        streams.put("stream-active", new StreamState("a", 5, -1, Status.ACTIVE, 0, 0, 0, 0));
        streams.put("stream-deleted", new StreamState("a", 5, -1, Status.DELETED, 9, 8, 10, 11));
        streams.put("stream-tombstoned", new StreamState("a", 258, -1, Status.TOMBSTONED, 1, 0, 0, 0));
        return streams;
    }

    static Map<String, Progress> progress() {
        byte[] digest = new byte[StateDigest.BYTES];
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) (i + 1);
        }
        Map<String, Progress> progress = new LinkedHashMap<>();
        progress.put("progress-none", Progress.none());
        progress.put("progress", new Progress(new LogIndex(2, 300), new Counters(1, 1_000, 1_234_567, 10, 3), digest));
        return progress;
    }

    static Map<String, Change> changes() {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("store-created", new Change.StoreCreated(SETTINGS));
        changes.put("stream-changed", new Change.StreamChanged(streams().get("stream-deleted")));
        changes.put("event-appended", new Change.EventAppended(events().get("record")));
        changes.put("event-swept", new Change.EventSwept(events().get("record")));
        changes.put("document-put", new Change.DocumentPut(documentKey(), document()));
        changes.put("document-removed", new Change.DocumentRemoved(documentKey()));
        changes.put("version-raised", new Change.VersionRaised(2));
        return changes;
    }

    static Document document() {
        return new Document(258, bytes("value"));
    }

    static EventData event() {
        return new EventData(ID, "Opened", EventData.JSON, bytes("{}"), EventData.JSON, new byte[0], Set.of());
    }

    static EventData fullEvent() {
        return new EventData(
                OTHER_ID,
                "Ünlocked",
                "text/x-own",
                bytes("data"),
                EventData.BYTES,
                bytes("meta"),
                Set.of("b:2", "a:1"));
    }

    static StoredEvent stored(EventData data, long position, String stream) {
        RecordedEvent event = new RecordedEvent(
                position,
                stream,
                3,
                data.id(),
                data.type(),
                data.contentType(),
                data.data(),
                data.metadataContentType(),
                data.metadata(),
                data.tags(),
                1_700_000_000_000_000L);
        return new StoredEvent(event, 0x0a0b, 1, 4);
    }

    private static AppendRequest conditional() {
        QueryItem full =
                QueryItem.types("A", "B").withTags("t").withCategory("c").withStreamPrefix("c-1");
        Query query = Query.of(full, QueryItem.tags("x", "y"));
        StreamAppend first = new StreamAppend("c-1", ExpectedRevision.noStream(), List.of(event(), fullEvent()));
        StreamAppend second = new StreamAppend("é", ExpectedRevision.exactly(9), List.of(event()));
        return new AppendRequest(List.of(first, second), AppendCondition.noneMatchesAfter(query, 41));
    }

    private static List<DocumentEdit> edits() {
        return List.of(
                new DocumentEdit.Put(documentKey(), DocumentEdit.MISSING, new byte[0]),
                new DocumentEdit.Remove(new DocumentKey(Branch.SNAPSHOTS, bytes("old")), DocumentEdit.ANY_VERSION),
                new DocumentEdit.Require(new DocumentKey(Branch.KEYS, bytes("k")), 258));
    }

    private static DocumentKey documentKey() {
        return new DocumentKey(Branch.SUBSCRIPTIONS, bytes("key"));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
