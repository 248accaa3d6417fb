package io.esdb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.Query;
import io.esdb.machine.Command;
import io.esdb.machine.Reply;
import io.esdb.machine.StoredEvent;
import java.nio.ByteBuffer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What was written reads as what it was. */
class RoundTripTest {
    private static LongStream seeds() {
        return LongStream.range(0, 3_000);
    }

    @Test
    void commands_read_as_what_was_written() {
        seeds().forEach(seed -> {
            Command command = new RandomValues(seed).command();
            assertThat(CommandCodec.decode(CommandCodec.encode(command)))
                    .as("seed %s", seed)
                    .isEqualTo(command);
        });
    }

    @Test
    void replies_read_as_what_was_written() {
        seeds().forEach(seed -> {
            Reply reply = new RandomValues(seed).reply();
            assertThat(ReplyCodec.decode(ReplyCodec.encode(reply)))
                    .as("seed %s", seed)
                    .isEqualTo(reply);
        });
    }

    @Test
    void records_read_as_what_was_written_wherever_they_stand_in_a_buffer() {
        seeds().forEach(seed -> {
            RandomValues values = new RandomValues(seed);
            EventData event = values.event();
            StoredEvent stored = Samples.stored(event, values.number(), event.type());
            byte[] record = RecordCodec.encode(stored);
            int before = values.below(9);
            ByteBuffer buffer = ByteBuffer.allocate(record.length + before + values.below(9));
            buffer.position(before).put(record).flip().position(before);

            assertThat(RecordCodec.decode(buffer.slice(), stored.event().position()))
                    .as("seed %s", seed)
                    .isEqualTo(stored);
            assertThat(RecordCodec.event(buffer, stored.event().position()))
                    .as("seed %s", seed)
                    .isEqualTo(stored.event());
            assertThat(buffer.position()).isEqualTo(before);
        });
    }

    @Test
    void queries_read_as_what_was_written() {
        seeds().forEach(seed -> {
            Query query = new RandomValues(seed).query();
            ByteWriter out = new ByteWriter(0);
            QueryCodec.write(out, query);
            ByteReader in = new ByteReader(out.toBytes());
            assertThat(QueryCodec.read(in)).as("seed %s", seed).isEqualTo(query);
            in.end();
        });
    }

    @Test
    void lengths_of_all_sizes_read_as_what_was_written() {
        for (int bits = 0; bits < 31; bits++) {
            for (int value : new int[] {1 << bits, (1 << bits) - 1}) {
                assertThat(new ByteReader(new ByteWriter(0).varint(value).toBytes()).varint())
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void a_record_is_refused_at_any_other_position() {
        byte[] record = RecordCodec.encode(Samples.stored(Samples.event(), 7, "s"));

        assertThatThrownBy(() -> RecordCodec.decode(record, 8))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("position 7")
                .hasMessageContaining("position 8");
    }

    @Test
    void equal_sets_of_tags_have_equal_bytes_in_whatever_order_they_were_given() {
        EventData event = Samples.event();

        byte[] one = RecordCodec.encode(Samples.stored(event.withTags("b", "a", "c"), 0, "s"));
        byte[] other = RecordCodec.encode(Samples.stored(event.withTags("c", "b", "a"), 0, "s"));

        assertThat(one).isEqualTo(other);
    }
}
