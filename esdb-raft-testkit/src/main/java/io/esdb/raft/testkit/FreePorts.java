package io.esdb.raft.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody listens on at the moment. They lie below those that systems give to outgoing connections: one of these
 * could be taken while a node is down, and then the node could not be started again.
 */
final class FreePorts {
    static final int FIRST = 20_000;
    static final int END = 32_000;
    private static final int MOST_TRIES = 10_000;

    private FreePorts() {}

    static List<Integer> find(int count) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < MOST_TRIES && found.size() < count; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (!found.contains(port) && isFree(port)) {
                found.add(port);
            }
        }
        if (found.size() < count) {
            throw new IllegalStateException("no " + count + " free ports from " + FIRST + " to " + (END - 1));
        }
        return found;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
