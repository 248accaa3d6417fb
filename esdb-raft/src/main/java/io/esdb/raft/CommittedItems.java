package io.esdb.raft;

import io.esdb.spi.LogIndex;
import java.nio.ByteBuffer;
import java.util.List;

/** Which items an entry of the Raft log brings. Whoever reads a log has to go by this rule, or nodes differ. */
final class CommittedItems {
    private CommittedItems() {}

    /**
     * The items of an entry; none if it is one of Raft's own, or was ordered in another term than the one it was
     * meant for.
     *
     * @param data what was submitted; empty for an entry of Raft's own
     */
    static List<Item> of(LogIndex at, ByteBuffer data) {
        if (!data.hasRemaining()) {
            return List.of();
        }
        ItemGroup group = ItemGroup.decode(data);
        return group.term() == at.term() ? group.items() : List.of();
    }
}
