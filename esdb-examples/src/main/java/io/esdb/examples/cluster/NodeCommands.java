package io.esdb.examples.cluster;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.Consistency;
import io.esdb.EsdbException;
import io.esdb.EventData;
import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.StoreStatistics;
import io.esdb.StoreStatus;
import io.esdb.examples.Retry;
import io.esdb.examples.history.ReplayInParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a node does when it is told to, one line at a time. */
final class NodeCommands {
    /** What is told for the leader while none is known. */
    static final String NOBODY = "-";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EventStore store;
    private final Network network;
    private final Retry retry = Retry.within(PATIENCE);
    private final ReplayInParts replay;

    NodeCommands(EventStore store, Network network) {
        this.store = store;
        this.network = network;
        this.replay = new ReplayInParts(store, PATIENCE);
    }

    Answer execute(String line) {
        try {
            return answer(line);
        } catch (EsdbException | IOException | IllegalArgumentException e) {
            return Answer.failed(e.toString());
        }
    }

    private Answer answer(String line) throws IOException {
        int space = line.indexOf(' ');
        String command = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1);
        return switch (command) {
            case "status" -> status();
            case "state" -> state();
            case "append" -> append(Integer.parseInt(rest));
            case "read" -> read();
            case "verify" -> state().with(store.verify().problems());
            case "partition" -> partition(rest);
            case "replay" -> replay(rest.split(" ", 3));
            case "check" -> check(rest.split(" ", 2));
            default -> Answer.failed("unknown command: " + command);
        };
    }

    private Answer status() {
        StoreStatus status = store.status();
        return Answer.done()
                .with("role", status.role())
                .with("leader", status.leader() == null ? NOBODY : status.leader())
                .with("term", status.term())
                .with("committed", status.committed())
                .with("applied", status.applied())
                .with("position", store.statistics().lastPosition())
                .with(status.problems());
    }

    private Answer state() {
        StoreStatistics statistics = store.statistics();
        return Answer.done()
                .with("applied", statistics.appliedIndex())
                .with("position", statistics.lastPosition())
                .with("digest", statistics.stateDigest());
    }

    private Answer append(int count) {
        long repeatedBefore = retry.repeated();
        long last = -1;
        for (int i = 0; i < count; i++) {
            byte[] number = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
            AppendRequest request =
                    AppendRequest.to("numbers", ExpectedRevision.any(), EventData.bytes("Counted", number));
            AppendResult result = retry.untilAnswered(() -> store.append(request));
            last = result.lastPosition();
        }
        return Answer.done()
                .with("appended", count)
                .with("position", last)
                .with("retries", retry.repeated() - repeatedBefore);
    }

    /** Strict: what any node acknowledged before is seen. */
    private Answer read() {
        EventPage page = store.read(LogRead.backward().limit(1).consistency(Consistency.LINEARIZABLE));
        Answer answer = Answer.done().with("position", page.asOf());
        return page.events().isEmpty()
                ? answer
                : answer.with("stream", page.events().get(0).stream())
                        .with("type", page.events().get(0).type());
    }

    private Answer partition(String names) {
        network.partition(names.isEmpty() ? Set.of() : Set.of(names.split(",")));
        return Answer.done();
    }

    private Answer replay(String[] words) throws IOException {
        long retriesBefore = replay.retries();
        replay.append(words[2], Long.parseLong(words[0]), Long.parseLong(words[1]));
        return Answer.done().with("retries", replay.retries() - retriesBefore);
    }

    private Answer check(String[] words) throws IOException {
        List<String> problems = ReplayInParts.check(store, words[1], Long.parseLong(words[0]));
        return state().with(problems);
    }
}
