package io.esdb.raft;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Items that share an entry of the Raft log: {@code version 1 | term 8 | count 4 | (origin 8 | seq 8 | length 4 |
 * command)*}.
 *
 * @param term the term in which they were meant to be ordered; in any other they are void
 * @param items in order
 */
record ItemGroup(long term, List<Item> items) {
    private static final byte VERSION = 1;
    static final int HEADER = 13;

    byte[] encode() {
        int size = HEADER;
        for (Item item : items) {
            size += item.bytes();
        }
        ByteBuffer out = ByteBuffer.allocate(size).put(VERSION).putLong(term).putInt(items.size());
        for (Item item : items) {
            out.putLong(item.origin()).putLong(item.seq()).putInt(item.command().length);
            out.put(item.command());
        }
        return out.array();
    }

    /** @throws IllegalArgumentException if the bytes are no group */
    static ItemGroup decode(ByteBuffer in) {
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw new IllegalArgumentException("a group of items of version " + version);
            }
            long term = in.getLong();
            int count = in.getInt();
            if (count < 0 || count > in.remaining() / Item.OVERHEAD) {
                throw new IllegalArgumentException(count + " items in " + in.remaining() + " bytes");
            }
            List<Item> items = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                items.add(item(in));
            }
            if (in.hasRemaining()) {
                throw new IllegalArgumentException(in.remaining() + " bytes after a group of items");
            }
            return new ItemGroup(term, items);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a group of items is cut short", e);
        }
    }

    private static Item item(ByteBuffer in) {
        long origin = in.getLong();
        long seq = in.getLong();
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a command of " + length + " bytes with " + in.remaining() + " left");
        }
        byte[] command = new byte[length];
        in.get(command);
        return new Item(origin, seq, command);
    }
}
