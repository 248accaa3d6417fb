package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.format.CommandCodec;
import io.esdb.format.ReplyCodec;
import io.esdb.machine.Command;
import io.esdb.machine.Reply;
import io.esdb.spi.LogEntry;
import io.esdb.spi.LogIndex;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.WriteMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One seed's run: random commands go to the model and to a state machine, in batches cut at random; then once more to
 * another state machine, cut otherwise, with crashes, reopenings and failing commits in between. Replies, reads and
 * stored bytes have to agree.
 */
final class Simulation {
    private static final int COMMANDS = 200;
    private static final Path FOLDER = Path.of("simulated");

    private final Random random;
    private final NaiveStore model = new NaiveStore();
    private final CommandGenerator generator;
    private final int createdAt;
    private final List<LogEntry> entries = new ArrayList<>();
    private final List<byte[]> replies = new ArrayList<>();
    private boolean created;
    private long term = 1;
    private int remembered;

    Simulation(long seed) {
        this.random = new Random(seed);
        this.generator = new CommandGenerator(random, model);
        this.createdAt = random.nextInt(5) == 0 ? random.nextInt(6) : 0;
    }

    /** Returns how many pages were read from memory. */
    int run() {
        MemoryStorageProvider provider = new MemoryStorageProvider();
        try (Storage straight = provider.open(FOLDER, WriteMode.SYNC)) {
            runStraight(straight);
            assertThat(StorageDump.of(straight)).isEqualTo(runBumpily());
        }
        return remembered;
    }

    private void runStraight(Storage storage) {
        RecentEvents recent = new RecentEvents(random.nextInt(4_000));
        StateMachine machine =
                new StateMachine("simulated", storage, recent, new WakeUps("simulated"), new Questions("simulated"));
        while (entries.size() < COMMANDS) {
            int from = entries.size();
            List<Reply> expected = propose(cut(COMMANDS - from));
            List<byte[]> actual = machine.apply(entries.subList(from, entries.size()));
            for (int i = 0; i < expected.size(); i++) {
                compare(from + i, actual.get(i), expected.get(i));
            }
            replies.addAll(actual);
            if (random.nextInt(16) == 0) {
                compareReads(storage, recent);
            }
        }
        compareReads(storage, recent);
        try (StoreView view = StoreView.of(storage)) {
            assertThat(new Verifier(view, List.of()).verify().problems()).isEmpty();
        }
    }

    private void compareReads(Storage storage, RecentEvents recent) {
        remembered += new ReadComparison(storage, recent, model, random, generator.time()).run();
    }

    private List<Reply> propose(int count) {
        List<Reply> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            term += random.nextInt(40) == 0 ? 1 : 0;
            LogIndex at = new LogIndex(term, entries.size());
            if (random.nextInt(100) == 0) {
                entries.add(LogEntry.of(at, new byte[] {99, 1, 2}));
                expected.add(new Reply.Refused(""));
            } else {
                boolean create = !created && entries.size() >= createdAt;
                created |= create;
                Command command = create ? generator.create() : generator.next();
                entries.add(LogEntry.of(at, CommandCodec.encode(command)));
                expected.add(model.apply(command));
            }
        }
        return expected;
    }

    private void compare(int index, byte[] bytes, Reply expected) {
        Reply actual = ReplyCodec.decode(bytes);
        boolean agree = expected instanceof Reply.Refused ? actual instanceof Reply.Refused : expected.equals(actual);
        if (!agree) {
            Object command = entries.get(index).commands().get(0)[0] == 99
                    ? "no command"
                    : CommandCodec.decode(entries.get(index).commands().get(0));
            throw new AssertionError(
                    "entry " + index + ": expected " + expected + ", was " + actual + " for " + command);
        }
    }

    /** Returns what the storage holds in the end. */
    private List<String> runBumpily() {
        MemoryStorageProvider provider = new MemoryStorageProvider();
        WriteMode mode = new RandomQueries(random).pick(List.of(WriteMode.values()));
        Storage storage = provider.open(FOLDER, mode);
        StateMachine machine = new StateMachine("simulated", storage);
        while (machine.applied().index() < COMMANDS - 1) {
            switch (random.nextInt(16)) {
                case 0 -> {
                    provider.crash(FOLDER);
                    storage = provider.open(FOLDER, mode);
                    machine = new StateMachine("simulated", storage);
                }
                case 1 -> {
                    storage.close();
                    storage = provider.open(FOLDER, mode);
                    machine = new StateMachine("simulated", storage);
                }
                case 2 -> fail(provider, machine);
                case 3 -> machine.sync();
                default -> applyAgain(machine);
            }
        }
        List<String> dump = StorageDump.of(storage);
        storage.close();
        return dump;
    }

    private void applyAgain(StateMachine machine) {
        List<LogEntry> batch = nextBatch(machine);
        int from = (int) batch.get(0).at().index();
        List<byte[]> actual = machine.apply(batch);
        for (int i = 0; i < batch.size(); i++) {
            if (!Arrays.equals(actual.get(i), replies.get(from + i))) {
                throw new AssertionError("entry " + (from + i) + ": " + ReplyCodec.decode(actual.get(i)) + " after "
                        + ReplyCodec.decode(replies.get(from + i)) + " the first time");
            }
        }
    }

    private void fail(MemoryStorageProvider provider, StateMachine machine) {
        LogIndex before = machine.applied();
        provider.failCommits(FOLDER, StorageException.Kind.FULL);
        assertThatThrownBy(() -> machine.apply(nextBatch(machine))).isInstanceOf(StorageException.class);
        assertThatThrownBy(machine::recover).isInstanceOf(StorageException.class);
        provider.heal(FOLDER);
        machine.recover();
        assertThat(machine.applied()).isEqualTo(before);
    }

    private List<LogEntry> nextBatch(StateMachine machine) {
        int from = (int) machine.applied().index() + 1;
        return entries.subList(from, from + cut(COMMANDS - from));
    }

    private int cut(int left) {
        int most = random.nextInt(3) == 0 ? 30 : 4;
        return Math.min(left, 1 + random.nextInt(most));
    }
}
