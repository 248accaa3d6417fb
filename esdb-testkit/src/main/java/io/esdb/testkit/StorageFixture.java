package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.StorageProvider;
import io.esdb.spi.WriteBatch;
import io.esdb.spi.WriteMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.io.TempDir;

/** Opens a fresh storage for each test of a contract, and says in one line what its tests do over and over. */
abstract class StorageFixture {
    static final byte[] WHOLE = {};

    Path temp;
    StorageProvider provider;
    Storage storage;

    abstract StorageProvider newProvider();

    @BeforeEach
    void openFresh(@TempDir Path folder) {
        temp = folder;
        provider = newProvider();
        storage = provider.open(folder(), WriteMode.SYNC);
    }

    @AfterEach
    void closeLast() {
        storage.close();
    }

    Path folder() {
        return temp.resolve("storage");
    }

    void reopen(WriteMode mode) {
        storage.close();
        storage = provider.open(folder(), mode);
    }

    /** A test for each mode, with a storage opened in it. */
    Stream<DynamicTest> everyMode(Consumer<WriteMode> test) {
        return Arrays.stream(WriteMode.values())
                .map(mode -> DynamicTest.dynamicTest(mode.name(), () -> {
                    reopen(mode);
                    test.accept(mode);
                }));
    }

    void commit(Consumer<WriteBatch> writes) {
        commitTo(storage, writes);
    }

    static void commitTo(Storage storage, Consumer<WriteBatch> writes) {
        WriteBatch batch = new WriteBatch();
        writes.accept(batch);
        storage.commit(batch);
    }

    <T> T see(Function<ReadView, T> question) {
        try (ReadView view = storage.view()) {
            return question.apply(view);
        }
    }

    /** The value of a key as text; "none" without one. */
    String value(Branch branch, String hexKey) {
        return see(view -> textOrNone(view.get(branch, bytes(hexKey))));
    }

    String event(long position) {
        return see(view -> textOrNone(view.event(position)));
    }

    List<String> scan(Branch branch, String hexPrefix, Direction direction) {
        return see(view -> entries(view.scan(branch, bytes(hexPrefix), null, direction)));
    }

    List<String> log(long from, Direction direction) {
        return see(view -> events(view.events(from, direction)));
    }

    /** Everything in a storage, to compare two. */
    static List<String> contents(Storage storage) {
        List<String> all = new ArrayList<>();
        try (ReadView view = storage.view()) {
            all.addAll(events(view.events(0, Direction.FORWARD)));
            for (Branch branch : Branch.values()) {
                all.add(branch.name());
                all.addAll(entries(view.scan(branch, WHOLE, null, Direction.FORWARD)));
            }
        }
        return all;
    }

    /** What a cursor still has, as key=value, and closes it. */
    static List<String> entries(Cursor cursor) {
        try (cursor) {
            List<String> entries = new ArrayList<>();
            while (cursor.next()) {
                entries.add(hex(cursor.key()) + "=" + text(cursor.value()));
            }
            return entries;
        }
    }

    /** What a cursor over events still has, as position=record, and closes it. */
    static List<String> events(Cursor cursor) {
        try (cursor) {
            List<String> events = new ArrayList<>();
            while (cursor.next()) {
                events.add(cursor.key().getLong() + "=" + text(cursor.value()));
            }
            return events;
        }
    }

    /** The next key of a cursor, in hex; "end" at the end. */
    static String next(Cursor cursor) {
        return cursor.next() ? hex(cursor.key()) : "end";
    }

    List<String> records(long... positions) {
        return see(view -> records(view, positions));
    }

    /** The records at these positions as text, "none" where there is none. */
    static List<String> records(ReadView view, long... positions) {
        return Arrays.stream(Objects.requireNonNull(view.events(positions)))
                .map(StorageFixture::textOrNone)
                .toList();
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String hex(ByteBuffer buffer) {
        return HexFormat.of().formatHex(copy(buffer));
    }

    static String text(ByteBuffer buffer) {
        return new String(copy(buffer), StandardCharsets.UTF_8);
    }

    static String textOrNone(byte @Nullable [] bytes) {
        return bytes == null ? "none" : new String(bytes, StandardCharsets.UTF_8);
    }

    static void assertFails(StorageException.Kind kind, ThrowingCallable call) {
        StorageException failure = catchThrowableOfType(StorageException.class, call);
        assertThat(failure).as("a failure of kind " + kind).isNotNull();
        assertThat(failure.kind()).isEqualTo(kind);
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }
}
