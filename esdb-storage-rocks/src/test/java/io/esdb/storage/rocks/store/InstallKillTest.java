package io.esdb.storage.rocks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.WriteBatch;
import io.esdb.spi.WriteMode;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is killed while it installs images leaves one of them as a whole. */
class InstallKillTest {
    private static final RocksStorageProvider PROVIDER = new RocksStorageProvider();
    private static final int EVENTS = 200;
    private static final int MOST_MILLIS = 300;

    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({"UNLOGGED,8", "BUFFERED,4"})
    void killsLeaveOneOfTheImages(WriteMode mode, int kills) throws Exception {
        Path one = image("one");
        Path two = image("two");
        Path store = temp.resolve("store");
        PROVIDER.restore(one, store);
        Random random = new Random();
        Set<String> left = new HashSet<>();
        for (int round = 0; round < kills; round++) {
            try (ChildJvm child = ChildJvm.start(temp, InstallingChild.class, store, mode, one, two)) {
                child.awaitReport(round == 0 ? "opening" : "installed ");
                List<String> reports = child.killedAfter(Duration.ofMillis(random.nextInt(MOST_MILLIS)));
                assertThat(reports).first().isEqualTo("opening");
            }
            left.add(whole(store, mode));
        }
        assertThat(left).isSubsetOf("one", "two");
        assertThat(whole(one, mode)).as("an image stays as it is").isEqualTo("one");
    }

    private Path image(String text) {
        Path image = temp.resolve(text);
        try (Storage source = PROVIDER.open(temp.resolve("source " + text), WriteMode.UNLOGGED)) {
            for (int i = 0; i < EVENTS; i++) {
                WriteBatch batch = new WriteBatch();
                batch.event(i, bytes(text));
                batch.put(Branch.STREAMS, bytes(text + i), bytes(text));
                batch.put(Branch.META, bytes("text"), bytes(text));
                source.commit(batch);
            }
            source.image(image);
        }
        return image;
    }

    /** The text of the image that a folder holds; all of it is there, and nothing of another one. */
    private static String whole(Path folder, WriteMode mode) throws IOException {
        String text;
        try (Storage storage = PROVIDER.open(folder, mode)) {
            assertThat(storage.verify()).isEmpty();
            try (ReadView view = storage.view();
                    Cursor events = view.events(0, Direction.FORWARD);
                    Cursor streams = view.scan(Branch.STREAMS, new byte[0], null, Direction.FORWARD)) {
                text = text(ByteBuffer.wrap(view.get(Branch.META, bytes("text"))));
                assertAll(events, text);
                assertAll(streams, text);
            }
        }
        try (Stream<Path> children = Files.list(folder)) {
            assertThat(children.filter(Files::isDirectory)).hasSize(1);
        }
        return text;
    }

    private static void assertAll(Cursor cursor, String text) {
        int count = 0;
        while (cursor.next()) {
            assertThat(text(cursor.value())).isEqualTo(text);
            count++;
        }
        assertThat(count).isEqualTo(EVENTS);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
