package io.esdb.raft;

/** What still fits an entry. The first item always does: one that is larger than usual goes alone. */
final class Room {
    private int items;
    private int bytes;
    private boolean empty = true;

    Room(int mostItems, int mostBytes) {
        items = mostItems;
        bytes = mostBytes;
    }

    /** Takes the room of an item; false if there is not enough. */
    boolean take(int itemBytes) {
        if (items == 0 || (!empty && itemBytes > bytes)) {
            return false;
        }
        empty = false;
        items--;
        bytes -= itemBytes;
        return true;
    }
}
