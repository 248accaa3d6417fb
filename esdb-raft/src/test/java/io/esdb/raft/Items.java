package io.esdb.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Short ways to write down commands and what became of them. */
final class Items {
    private Items() {}

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static Item item(long origin, long seq, String command) {
        return new Item(origin, seq, bytes(command));
    }

    /** The commands as text. */
    static List<String> texts(List<Item> items) {
        return items.stream().map(item -> new String(item.command(), UTF_8)).toList();
    }

    static Room plenty() {
        return new Room(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** What it has failed with, by now. */
    static Throwable failureOf(CompletableFuture<?> future) {
        if (!future.isCompletedExceptionally()) {
            throw new AssertionError("it has not failed");
        }
        try {
            throw new AssertionError("it gave " + future.join());
        } catch (CompletionException e) {
            return e.getCause();
        }
    }
}
