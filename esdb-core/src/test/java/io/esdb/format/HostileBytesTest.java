package io.esdb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.esdb.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Bytes that nobody wrote end in a FormatException or in a value, and take no memory to speak of. */
class HostileBytesTest {
    private static final int ROUNDS = 20_000;
    private static final int ALLOWED_PER_BYTE = 256;
    private static final int ALLOWED_ALWAYS = 1 << 18;

    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void damaged_commands_are_refused() {
        hurt(seed -> CommandCodec.encode(new RandomValues(seed).command()), CommandCodec::decode);
    }

    @Test
    void damaged_replies_are_refused() {
        hurt(seed -> ReplyCodec.encode(new RandomValues(seed).reply()), ReplyCodec::decode);
    }

    @Test
    void damaged_queries_are_refused() {
        hurt(HostileBytesTest::query, bytes -> {
            try {
                QueryCodec.read(new ByteReader(bytes));
            } catch (InvalidInput e) {
                assertThat(e.field()).isNotEmpty(); // whoever reads a query turns this into a FormatException
            }
        });
    }

    @Test
    void damaged_records_with_a_checksum_that_fits_are_refused() {
        hurt(
                seed -> RecordCodec.encode(Samples.stored(new RandomValues(seed).event(), 1, "stream")),
                bytes -> RecordCodec.decode(withChecksum(bytes), 1));
    }

    @Test
    void damaged_values_of_the_tree_are_refused() {
        hurt(seed -> SettingsCodec.encode(Samples.SETTINGS), SettingsCodec::decode);
        hurt(
                seed -> StreamCodec.encode(Samples.streams().get("stream-deleted")),
                bytes -> StreamCodec.decode("s", bytes));
        hurt(seed -> Samples.progress().get("progress").encode(), Progress::decode);
        hurt(seed -> DocumentCodec.encode(Samples.document()), DocumentCodec::decode);
        hurt(seed -> Longs.toBytes(seed), Longs::fromBytes);
    }

    @Test
    void a_length_that_nothing_backs_takes_no_memory() {
        byte[] longest = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7};

        long before = memory.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> new ByteReader(longest).sized()).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> new ByteReader(longest).text()).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> new ByteReader(longest).length()).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> new ByteReader(longest).raw(Integer.MAX_VALUE)).isInstanceOf(FormatException.class);

        assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 22);
    }

    @Test
    void a_negative_length_is_refused() {
        byte[] negative = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 15};

        assertThatThrownBy(() -> new ByteReader(negative).length()).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> new ByteReader(negative).raw(-1)).isInstanceOf(FormatException.class);
    }

    @Test
    void a_length_of_too_many_bytes_is_refused() {
        byte[] endless = new byte[9];
        Arrays.fill(endless, (byte) 0x80);

        assertThatThrownBy(() -> new ByteReader(endless).varint())
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("more than five bytes");
    }

    @Test
    void bytes_left_over_are_refused() {
        Samples.commands().values().forEach(command -> {
            byte[] longer = plusOne(CommandCodec.encode(command));
            assertThatThrownBy(() -> CommandCodec.decode(longer)).isInstanceOf(FormatException.class);
        });
        Samples.replies().values().forEach(reply -> {
            byte[] longer = plusOne(ReplyCodec.encode(reply));
            assertThatThrownBy(() -> ReplyCodec.decode(longer)).isInstanceOf(FormatException.class);
        });
    }

    @Test
    void every_beginning_of_a_command_or_reply_is_refused() {
        Samples.commands().values().forEach(command -> cut(CommandCodec.encode(command), CommandCodec::decode));
        Samples.replies().values().forEach(reply -> cut(ReplyCodec.encode(reply), ReplyCodec::decode));
    }

    @Test
    void a_single_flipped_bit_in_a_record_is_always_seen() {
        Samples.events().values().forEach(event -> {
            byte[] record = RecordCodec.encode(event);
            for (int bit = 0; bit < record.length * 8; bit++) {
                byte[] damaged = record.clone();
                damaged[bit / 8] ^= (byte) (1 << (bit % 8));
                assertThatThrownBy(
                                () -> RecordCodec.decode(damaged, event.event().position()))
                        .isInstanceOf(FormatException.class)
                        .hasMessageContaining("checksum");
            }
        });
    }

    @Test
    void unknown_versions_are_refused() {
        byte[] record = RecordCodec.encode(Samples.stored(Samples.event(), 1, "s"));
        record[4] = 2;
        byte[] settings = SettingsCodec.encode(Samples.SETTINGS);
        settings[0] = 2;
        byte[] stream = StreamCodec.encode(Samples.streams().get("stream-active"));
        stream[0] = 2;
        byte[] progress = Progress.none().encode();
        progress[0] = 2;

        assertThatThrownBy(() -> RecordCodec.decode(withChecksum(record), 1)).hasMessageContaining("version 2");
        assertThatThrownBy(() -> SettingsCodec.decode(settings)).hasMessageContaining("version 2");
        assertThatThrownBy(() -> StreamCodec.decode("s", stream)).hasMessageContaining("version 2");
        assertThatThrownBy(() -> Progress.decode(progress)).hasMessageContaining("version 2");
    }

    private interface Encoded {
        byte[] by(long seed);
    }

    private void hurt(Encoded encoded, Consumer<byte[]> decoder) {
        decoder.accept(encoded.by(0)); // loads the classes
        for (long seed = 0; seed < ROUNDS; seed++) {
            byte[] damaged = damage(encoded.by(seed % 500), new Random(seed));
            long before = memory.getCurrentThreadAllocatedBytes();
            try {
                decoder.accept(damaged);
            } catch (FormatException e) {
                assertThat(e.getMessage()).isNotEmpty();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", " + HexFormat.of().formatHex(damaged), e);
            }
            long taken = memory.getCurrentThreadAllocatedBytes() - before;
            if (taken > ALLOWED_ALWAYS + (long) ALLOWED_PER_BYTE * damaged.length) {
                throw new AssertionError("seed " + seed + " took " + taken + " bytes for " + damaged.length);
            }
        }
    }

    private static byte[] damage(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        int at = random.nextInt(damaged.length);
        switch (random.nextInt(5)) {
            case 0 -> damaged[at] = (byte) random.nextInt();
            case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> damaged = Arrays.copyOf(damaged, at);
            case 3 -> {
                byte[] length = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) random.nextInt(16)};
                System.arraycopy(length, 0, damaged, at, Math.min(length.length, damaged.length - at));
            }
            default -> {
                byte[] more = new byte[1 + random.nextInt(9)];
                random.nextBytes(more);
                damaged = spliced(damaged, at, more);
            }
        }
        return damaged.length > 0 && random.nextInt(3) == 0 ? damage(damaged, random) : damaged;
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] more) {
        ByteArrayOutputStream spliced = new ByteArrayOutputStream();
        spliced.write(bytes, 0, at);
        spliced.writeBytes(more);
        spliced.write(bytes, at, bytes.length - at);
        return spliced.toByteArray();
    }

    private static byte[] withChecksum(byte[] record) {
        if (record.length < 4) {
            return record;
        }
        CRC32C checksum = new CRC32C();
        checksum.update(record, 4, record.length - 4);
        byte[] fitting =
                new ByteWriter(record.length).i32((int) checksum.getValue()).toBytes();
        byte[] result = record.clone();
        System.arraycopy(fitting, 0, result, 0, 4);
        return result;
    }

    private static byte[] query(long seed) {
        ByteWriter out = new ByteWriter(0);
        QueryCodec.write(out, new RandomValues(seed).query());
        return out.toBytes();
    }

    private static byte[] plusOne(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    private static void cut(byte[] bytes, Consumer<byte[]> decoder) {
        for (int length = 0; length < bytes.length; length++) {
            byte[] beginning = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decoder.accept(beginning)).isInstanceOf(FormatException.class);
        }
    }
}
