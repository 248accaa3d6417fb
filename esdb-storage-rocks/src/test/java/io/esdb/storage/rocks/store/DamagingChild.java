package io.esdb.storage.rocks.store;

import io.esdb.EsdbException;
import io.esdb.EventStore;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreCorrupt;
import io.esdb.StoreFailed;
import io.esdb.StoreUnavailable;
import io.esdb.VerifyReport;
import io.esdb.host.EventStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Damages copies of a store in one way after the other and reports how each of them answers. */
final class DamagingChild {
    static final String INTACT = "intact";
    static final String REFUSED = "refused";
    static final String PARTLY = "partly";
    static final String WRONG = "WRONG";

    private static final Setup SETUP = Setup.INTERVAL_SMALL_BUFFERS;

    /** Damage may also show when a write has RocksDB read it, which leaves unknown what became of the write. */
    private static final List<Class<? extends EsdbException>> WRITE_FAILURES =
            List.of(StoreCorrupt.class, StoreFailed.class, IndeterminateAppend.class, StoreUnavailable.class);

    private final Path original;
    private final Path scratch;
    private final Questions questions = new Questions();
    private final Map<String, Object> right = new HashMap<>();

    private DamagingChild(Path original, Path scratch) {
        this.original = original;
        this.scratch = scratch;
    }

    /** @param arguments folder of the stores, scratch folder, most files of a kind, flips of a file, seed, kinds */
    public static void main(String[] arguments) throws IOException {
        Reports reports = Reports.take();
        DamagingChild child = new DamagingChild(Path.of(arguments[0]), Path.of(arguments[1]));
        child.learn();
        Random random = new Random(Long.parseLong(arguments[4]));
        for (String kind : List.of(arguments).subList(5, arguments.length)) {
            for (Path file : child.files(kind, random, Integer.parseInt(arguments[2]))) {
                List<Damage> damages = Damage.choice(Files.size(file), random, Integer.parseInt(arguments[3]));
                for (Damage damage : damages) {
                    reports.tell("trying " + kind + " " + file.getFileName() + " " + damage);
                    reports.tell(kind + " " + child.outcome(file, damage) + " " + file.getFileName() + " " + damage);
                }
            }
        }
    }

    private List<Path> files(String kind, Random random, int most) throws IOException {
        List<Path> files = new ArrayList<>(Folders.files(original));
        files.removeIf(file -> !file.getFileName().toString().matches(kind));
        Collections.shuffle(files, random);
        return files.subList(0, Math.min(most, files.size()));
    }

    private void learn() throws IOException {
        Folders.copy(original, scratch);
        try (EventStores stores = SETUP.open(scratch)) {
            EventStore store = SETUP.openStore(stores);
            questions.reads().forEach((name, question) -> right.put(name, question.apply(store)));
            questions.writes().forEach((name, question) -> right.put(name, question.apply(store)));
            VerifyReport report = store.verify();
            if (!report.isClean() || report.events() != KnownContent.events()) {
                throw new IllegalStateException("damaged from the start: " + report);
            }
        }
        Folders.delete(scratch);
    }

    private String outcome(Path file, Damage damage) throws IOException {
        Folders.copy(original, scratch);
        damage.to(scratch.resolve(original.relativize(file).toString()));
        try (EventStores stores = SETUP.open(scratch)) {
            return answers(SETUP.openStore(stores));
        } catch (StoreCorrupt | StoreFailed e) {
            return REFUSED;
        } catch (RuntimeException | Error e) {
            return WRONG + " opening threw " + e;
        } finally {
            Folders.delete(scratch);
        }
    }

    private String answers(EventStore store) {
        try {
            boolean complete = ask(store, questions.reads(), List.of(StoreCorrupt.class, StoreFailed.class));
            complete &= ask(store, questions.writes(), WRITE_FAILURES);
            boolean clean = isClean(store);
            if (clean && !complete) {
                return WRONG + " verification, which misses what an answer failed of";
            }
            return clean ? INTACT : PARTLY;
        } catch (WrongAnswer wrong) {
            return WRONG + " " + wrong.getMessage();
        }
    }

    /** Whether all questions got an answer, which was right; otherwise at least how they failed was right. */
    private boolean ask(
            EventStore store,
            Map<String, Function<EventStore, Object>> asked,
            List<Class<? extends EsdbException>> allowed)
            throws WrongAnswer {
        boolean complete = true;
        for (Map.Entry<String, Function<EventStore, Object>> question : asked.entrySet()) {
            try {
                Object answer = question.getValue().apply(store);
                if (!answer.equals(right.get(question.getKey()))) {
                    throw new WrongAnswer("answer to " + question.getKey());
                }
            } catch (RuntimeException | Error e) {
                if (allowed.stream().noneMatch(type -> type.isInstance(e))) {
                    throw new WrongAnswer("failure of " + question.getKey() + ": " + e);
                }
                complete = false;
            }
        }
        return complete;
    }

    private static boolean isClean(EventStore store) {
        try {
            return store.verify().isClean();
        } catch (EsdbException e) {
            return false;
        }
    }

    private static final class WrongAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        WrongAnswer(String what) {
            super(what);
        }
    }
}
