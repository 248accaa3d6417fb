package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.Direction;
import io.esdb.IndexKind;
import io.esdb.format.IndexKeys;
import io.esdb.spi.Branch;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.WriteBatch;
import io.esdb.spi.WriteMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Walks over random sets of positions, against the sets themselves. */
class PositionsTest {
    private static final int SPACE = 60;
    private static final IndexKeys KEYS = new IndexKeys(7);

    @ParameterizedTest
    @EnumSource(Direction.class)
    void the_positions_of_a_term_are_found(Direction direction) {
        seeds(random -> {
            NavigableSet<Long> set = set(random);
            inStorage(List.of(set), view -> walk(random, term(view, 0, Set.of(), direction), set, direction));
        });
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void the_positions_of_a_term_are_narrowed_by_type(Direction direction) {
        seeds(random -> {
            NavigableSet<Long> set = set(random);
            NavigableSet<Long> wanted = new TreeSet<>(set);
            wanted.removeIf(position -> position % 3 == 2);
            inStorage(List.of(set), view -> walk(random, term(view, 0, Set.of(0, 1), direction), wanted, direction));
        });
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void any_of_several_walks_is_their_union(Direction direction) {
        seeds(random -> {
            List<NavigableSet<Long>> sets = sets(random);
            NavigableSet<Long> union = new TreeSet<>();
            sets.forEach(union::addAll);
            inStorage(sets, view -> {
                List<Positions> walks = terms(view, sets.size(), direction);
                walk(random, new AnyPositions(walks, direction), union, direction);
            });
        });
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void what_several_walks_have_in_common_is_their_intersection(Direction direction) {
        seeds(random -> {
            List<NavigableSet<Long>> sets = sets(random);
            NavigableSet<Long> common = new TreeSet<>(sets.get(0));
            sets.forEach(common::retainAll);
            inStorage(sets, view -> {
                List<Positions> walks = terms(view, sets.size(), direction);
                walk(random, new CommonPositions(walks, direction), common, direction);
            });
        });
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void any_of_what_walks_have_in_common_is_found(Direction direction) {
        seeds(random -> {
            List<NavigableSet<Long>> sets = List.of(set(random), set(random), set(random), set(random));
            NavigableSet<Long> expected = new TreeSet<>(sets.get(0));
            expected.retainAll(sets.get(1));
            NavigableSet<Long> second = new TreeSet<>(sets.get(2));
            second.retainAll(sets.get(3));
            expected.addAll(second);
            inStorage(sets, view -> {
                List<Positions> walks = terms(view, 4, direction);
                Positions one = new CommonPositions(walks.subList(0, 2), direction);
                Positions other = new CommonPositions(walks.subList(2, 4), direction);
                walk(random, new AnyPositions(List.of(one, other), direction), expected, direction);
            });
        });
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void all_positions_are_those_of_the_log(Direction direction) {
        seeds(random -> {
            int size = random.nextInt(20);
            NavigableSet<Long> all =
                    new TreeSet<>(LongStream.range(0, size).boxed().toList());
            try (Storage storage = new MemoryStorageProvider().open(Path.of("log"), WriteMode.SYNC)) {
                WriteBatch batch = new WriteBatch();
                all.forEach(position -> batch.event(position, new byte[1]));
                storage.commit(batch);
                try (ReadView view = storage.view()) {
                    walk(random, new AllPositions(view, direction), all, direction);
                }
            }
        });
    }

    /** Seeks on and on, sometimes to where it stands, sometimes one further, sometimes far. */
    private static void walk(Random random, Positions positions, NavigableSet<Long> set, Direction direction) {
        boolean forward = direction == Direction.FORWARD;
        long at = forward ? random.nextInt(8) : SPACE + 3 - random.nextInt(8);
        try (positions) {
            while (forward ? at < SPACE + 5 : at >= 0) {
                Long nearest = forward ? set.ceiling(at) : set.floor(at);
                long found = positions.seek(at);
                assertThat(found).as("from %s in %s", at, set).isEqualTo(nearest == null ? Positions.NONE : nearest);
                long from = found == Positions.NONE || random.nextInt(3) == 0 ? at : found;
                at = forward ? from + random.nextInt(4) : from - random.nextInt(4);
                at = random.nextInt(8) == 0 ? (forward ? at + 15 : at - 15) : at;
            }
        }
    }

    private static void seeds(Consumer<Random> run) {
        for (long seed = 0; seed < 300; seed++) {
            run.accept(new Random(seed));
        }
    }

    private static List<NavigableSet<Long>> sets(Random random) {
        List<NavigableSet<Long>> sets = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            sets.add(set(random));
        }
        return sets;
    }

    private static NavigableSet<Long> set(Random random) {
        NavigableSet<Long> set = new TreeSet<>();
        for (int i = random.nextInt(random.nextBoolean() ? 10 : 100); i > 0; i--) {
            set.add((long) random.nextInt(SPACE));
        }
        return set;
    }

    private static void inStorage(List<NavigableSet<Long>> sets, Consumer<ReadView> run) {
        try (Storage storage = new MemoryStorageProvider().open(Path.of("index"), WriteMode.SYNC)) {
            WriteBatch batch = new WriteBatch();
            for (int i = 0; i < sets.size(); i++) {
                for (long position : sets.get(i)) {
                    byte[] key = IndexKeys.at(name(i), position);
                    batch.put(Branch.INDEX, key, IndexKeys.typeHashValue((int) (position % 3)));
                }
            }
            storage.commit(batch);
            try (ReadView view = storage.view()) {
                run.accept(view);
            }
        }
    }

    private static List<Positions> terms(ReadView view, int count, Direction direction) {
        List<Positions> terms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            terms.add(term(view, i, Set.of(), direction));
        }
        return terms;
    }

    private static Positions term(ReadView view, int number, Set<Integer> types, Direction direction) {
        return new TermPositions(view, name(number), types, direction);
    }

    private static byte[] name(int number) {
        return KEYS.term(IndexKind.TAG, "tag-" + number);
    }
}
