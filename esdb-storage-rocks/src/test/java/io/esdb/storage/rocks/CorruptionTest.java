package io.esdb.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is done to a file, a storage gives the right data or says that it cannot. */
class CorruptionTest {
    private static final int COMMITS = 1_500;
    private static final int FILES_PER_KIND = 4;
    private static final int FLIPS_PER_FILE = 6;
    private static final RocksStorageProvider PROVIDER = new RocksStorageProvider(
            RocksOptions.DEFAULT.withBlockCacheBytes(16 << 20).withWriteBufferBytes(4 << 20));

    @TempDir
    static Path temp;

    private static List<String> expected = List.of();

    @BeforeAll
    static void fill() throws IOException {
        Path running = temp.resolve("running");
        Storage storage = PROVIDER.open(running, WriteMode.SYNC);
        Filling.commits(storage, 0, COMMITS, 8_000);
        expected = Filling.contents(storage);
        Folders.copy(running, temp.resolve("crashed"));
        storage.close();
        Folders.copy(running, temp.resolve("closed"));
    }

    @ParameterizedTest
    @CsvSource({
        "crashed,journal-.*",
        "closed,.*\\.log",
        "crashed,.*\\.log",
        "closed,.*\\.sst",
        "crashed,.*\\.sst",
        "closed,MANIFEST-.*",
        "crashed,MANIFEST-.*",
        "closed,CURRENT",
        "crashed,CURRENT",
        "closed,OPTIONS-.*",
        "crashed,OPTIONS-.*",
        "closed,IDENTITY",
        "crashed,IDENTITY",
        "closed,mark",
        "crashed,mark",
        "closed,current",
        "crashed,current"
    })
    void damageIsNeverSilent(String state, String kind) throws IOException {
        Path original = temp.resolve(state);
        List<Path> files =
                Folders.files(original, file -> file.getFileName().toString().matches(kind));
        assertThat(files).isNotEmpty();
        List<String> silent = new ArrayList<>();
        for (Path file : some(files)) {
            for (Damage damage : damages(file)) {
                String outcome = outcomeOf(original, file, damage);
                if (!outcome.equals("intact") && !outcome.equals("refused")) {
                    silent.add(file.getFileName() + " " + damage + ": " + outcome);
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    /** The oldest, the newest, and some between. */
    private static List<Path> some(List<Path> files) {
        int last = files.size() - 1;
        return IntStream.range(0, FILES_PER_KIND)
                .map(i -> last * i / (FILES_PER_KIND - 1))
                .distinct()
                .mapToObj(files::get)
                .toList();
    }

    private static List<Damage> damages(Path file) throws IOException {
        long size = Files.size(file);
        Random random = new Random(file.getFileName().hashCode());
        List<Damage> damages = new ArrayList<>(List.of(new Damage("delete", 0), new Damage("truncate", 0)));
        if (size > 0) {
            damages.add(new Damage("truncate", size - 1));
            damages.add(new Damage("truncate", size / 2));
            damages.add(new Damage("truncate", random.nextLong(size)));
            damages.add(new Damage("flip", 0));
            damages.add(new Damage("flip", size - 1));
            random.longs(FLIPS_PER_FILE, 0, size).forEach(at -> damages.add(new Damage("flip", at)));
        }
        return damages;
    }

    private static String outcomeOf(Path original, Path file, Damage damage) throws IOException {
        Path damaged = temp.resolve("damaged");
        Folders.copy(original, damaged);
        damage.to(damaged.resolve(original.relativize(file).toString()));
        try {
            return outcomeOf(damaged);
        } finally {
            Folders.delete(damaged);
        }
    }

    private static String outcomeOf(Path damaged) {
        Storage storage = null;
        try {
            storage = PROVIDER.open(damaged, WriteMode.SYNC);
            List<String> found = Filling.contents(storage);
            if (found.equals(expected)) {
                return "intact";
            }
            return storage.verify().isEmpty() ? found.size() + " of " + expected.size() + " entries" : "refused";
        } catch (StorageException e) {
            return e.kind() == Kind.CORRUPT ? "refused" : e.toString();
        } finally {
            close(storage);
        }
    }

    private static void close(@Nullable Storage storage) {
        if (storage != null) {
            storage.close();
        }
    }

    private record Damage(String what, long at) {
        void to(Path file) throws IOException {
            switch (what) {
                case "flip" -> Folders.flip(file, at);
                case "truncate" -> Folders.truncate(file, at);
                default -> Files.delete(file);
            }
        }
    }
}
