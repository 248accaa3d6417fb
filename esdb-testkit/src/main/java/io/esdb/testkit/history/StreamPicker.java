package io.esdb.testkit.history;

import java.util.Random;

/** The streams that a client uses: a few that all clients share, and one of its own. */
final class StreamPicker {
    private final int client;
    private final int contended;
    private final Random random;

    StreamPicker(int client, int contended, Random random) {
        this.client = client;
        this.contended = contended;
        this.random = random;
    }

    String contended() {
        return "contended-" + random.nextInt(contended);
    }

    /** One more that all share, never one of {@link #contended}. */
    String journal() {
        return "journal";
    }

    String own() {
        return "own-" + client;
    }

    String any() {
        return random.nextInt(4) == 0 ? own() : contended();
    }
}
