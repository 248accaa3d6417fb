package io.esdb.raft;

import static io.esdb.raft.Items.item;
import static io.esdb.raft.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemGroupTest {
    private static final ItemGroup GROUP =
            new ItemGroup(Long.MAX_VALUE, List.of(item(-1, 7, "a"), item(Long.MIN_VALUE, 8, ""), item(3, 9, "long")));

    private static void assertRefused(byte[] bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> ItemGroup.decode(ByteBuffer.wrap(bytes)));
    }

    @Test
    void a_group_comes_back_as_it_was() {
        ItemGroup read = ItemGroup.decode(ByteBuffer.wrap(GROUP.encode()).asReadOnlyBuffer());

        assertThat(read.term()).isEqualTo(Long.MAX_VALUE);
        assertThat(read.items()).extracting(Item::origin).containsExactly(-1L, Long.MIN_VALUE, 3L);
        assertThat(read.items()).extracting(Item::seq).containsExactly(7L, 8L, 9L);
        assertThat(texts(read.items())).containsExactly("a", "", "long");
        assertThat(read.items()).extracting(Item::isBarrier).containsExactly(false, true, false);
    }

    @Test
    void a_group_without_items_comes_back_too() {
        assertThat(ItemGroup.decode(ByteBuffer.wrap(new ItemGroup(5, List.of()).encode())))
                .isEqualTo(new ItemGroup(5, List.of()));
    }

    @Test
    void its_size_is_the_header_and_what_the_items_say() {
        int items = GROUP.items().stream().mapToInt(Item::bytes).sum();

        assertThat(GROUP.encode()).hasSize(ItemGroup.HEADER + items);
    }

    @Test
    void one_that_is_cut_short_or_too_long_is_refused() {
        byte[] bytes = GROUP.encode();

        for (int length = 0; length < bytes.length; length++) {
            assertRefused(Arrays.copyOf(bytes, length));
        }
        assertRefused(Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void another_version_is_refused() {
        byte[] bytes = GROUP.encode();
        bytes[0] = 2;

        assertRefused(bytes);
    }

    @Test
    void a_count_or_a_length_that_cannot_be_is_refused_before_memory_is_taken_for_it() {
        for (int wrong : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            assertRefused(ByteBuffer.wrap(GROUP.encode()).putInt(9, wrong).array());
            assertRefused(ByteBuffer.wrap(GROUP.encode()).putInt(13 + 16, wrong).array());
        }
    }

    @Test
    void whatever_the_bytes_are_it_is_a_group_or_refused() {
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Mutations.of(GROUP.encode(), random);
            try {
                ItemGroup.decode(ByteBuffer.wrap(bytes));
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 19_000);
    }
}
