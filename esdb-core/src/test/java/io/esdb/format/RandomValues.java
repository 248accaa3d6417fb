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
import io.esdb.StreamAppend;
import io.esdb.machine.Append;
import io.esdb.machine.Command;
import io.esdb.machine.CreateStore;
import io.esdb.machine.DeleteStream;
import io.esdb.machine.LimitStream;
import io.esdb.machine.RaiseVersion;
import io.esdb.machine.Reply;
import io.esdb.machine.Settings;
import io.esdb.machine.SweepStream;
import io.esdb.machine.Transact;
import io.esdb.machine.TrimStream;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/** Values of all kinds, different for each seed and the same for the same one. */
final class RandomValues {
    private static final int[] CHARACTERS = {'a', 'z', '-', ':', ' ', 0xe9, 0x17c, 0x4e16, 0x1f600};

    private final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    Command command() {
        return switch (random.nextInt(10)) {
            case 0 -> new CreateStore(new Settings(id(), random.nextLong(), indexes()));
            case 1 -> new DeleteStream(text(), expected(), random.nextBoolean());
            case 2 -> new TrimStream(text(), random.nextLong());
            case 3 -> new LimitStream(text(), random.nextLong() >>> 1, random.nextLong() >>> 1);
            case 4 ->
                new Transact(
                        list(4, this::edit), random.nextBoolean() ? new Append(random.nextLong(), request()) : null);
            case 5 -> new RaiseVersion(random.nextInt());
            case 6 -> new SweepStream(random.nextLong(), text(), random.nextInt());
            default -> new Append(random.nextLong(), request());
        };
    }

    Reply reply() {
        return switch (random.nextInt(10)) {
            case 0 -> new Reply.Done(random.nextBoolean());
            case 1 -> new Reply.Transacted(result(), list(3, random::nextLong), random.nextBoolean());
            case 2 -> new Reply.WrongRevision(text(), random.nextLong());
            case 3 -> new Reply.ConditionFailed(random.nextLong());
            case 4 -> new Reply.IdTaken(id(), random.nextLong());
            case 5 -> new Reply.Tombstoned(text());
            case 6 -> new Reply.NoStream(text());
            case 7 -> new Reply.WrongDocumentVersion(random.nextInt(1_000), random.nextLong());
            case 8 -> new Reply.Refused(text());
            default -> new Reply.Appended(appendResult());
        };
    }

    private AppendResult appendResult() {
        return new AppendResult(random.nextLong(), random.nextLong(), revisions());
    }

    private AppendResult result() {
        return random.nextBoolean() ? appendResult() : null;
    }

    private DocumentEdit edit() {
        DocumentKey key = new DocumentKey(branch(), (text() + "k").getBytes(StandardCharsets.UTF_8));
        return switch (random.nextInt(3)) {
            case 0 -> new DocumentEdit.Remove(key, random.nextLong());
            case 1 -> new DocumentEdit.Require(key, random.nextLong());
            default -> new DocumentEdit.Put(key, random.nextLong(), bytes(300));
        };
    }

    EventData event() {
        return new EventData(id(), text(), contentType(), bytes(400), contentType(), bytes(40), texts(4));
    }

    Query query() {
        return new Query(list(4, () -> {
            QueryItem item = new QueryItem(
                    texts(3), texts(3), random.nextBoolean() ? text() : null, random.nextBoolean() ? text() : null);
            return item.hasIndexedTerm() ? item : item.withTypes(text());
        }));
    }

    long number() {
        return random.nextLong();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    private Branch branch() {
        List<Branch> branches = List.of(Branch.SUBSCRIPTIONS, Branch.SNAPSHOTS, Branch.PROJECTIONS, Branch.KEYS);
        return branches.get(random.nextInt(branches.size()));
    }

    private AppendRequest request() {
        List<StreamAppend> streams = new ArrayList<>();
        texts(3).forEach(name -> streams.add(new StreamAppend(name, expected(), list(3, this::event))));
        if (streams.isEmpty()) {
            streams.add(new StreamAppend("s", expected(), list(3, this::event)));
        }
        long after = random.nextLong() >>> 1;
        return new AppendRequest(streams, random.nextBoolean() ? new AppendCondition(query(), after) : null);
    }

    private ExpectedRevision expected() {
        return switch (random.nextInt(4)) {
            case 0 -> ExpectedRevision.any();
            case 1 -> ExpectedRevision.noStream();
            case 2 -> ExpectedRevision.exists();
            default -> ExpectedRevision.exactly(random.nextLong() >>> 1);
        };
    }

    private List<StreamRevisions> revisions() {
        return list(3, () -> new StreamRevisions(text(), random.nextLong(), random.nextLong()));
    }

    private Set<IndexKind> indexes() {
        Set<IndexKind> indexes = EnumSet.allOf(IndexKind.class);
        indexes.removeIf(kind -> random.nextBoolean());
        return indexes;
    }

    private String contentType() {
        return random.nextBoolean() ? EventData.JSON : text();
    }

    private Set<String> texts(int most) {
        Set<String> texts = new TreeSet<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            texts.add(text());
        }
        return texts;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 200 : 8); i >= 0; i--) {
            text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> List<T> list(int most, Supplier<T> value) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(most); i >= 0; i--) {
            list.add(value.get());
        }
        return list;
    }
}
