package io.esdb.examples.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The addresses of nodes n1, n2 and so on. They are written down, as a node is known to the others by its address. */
final class NodeAddresses {
    private NodeAddresses() {}

    /** Those of so many nodes by name, which are the ones they had in this folder before, if they had any. */
    static SortedMap<String, String> in(Path folder, int count) throws IOException {
        Path file = folder.resolve("addresses");
        List<String> known = Files.exists(file) ? Files.readAllLines(file) : List.of();
        List<String> all = new ArrayList<>(known);
        all.addAll(free(Math.max(0, count - known.size())));
        if (all.size() > known.size()) {
            Files.createDirectories(folder);
            Files.write(file, all, UTF_8);
        }
        SortedMap<String, String> addresses = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            addresses.put("n" + (i + 1), all.get(i));
        }
        return addresses;
    }

    private static List<String> free(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            List<String> addresses = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                addresses.add("127.0.0.1:" + socket.getLocalPort());
            }
            return addresses;
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
