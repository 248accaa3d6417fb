package io.esdb.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The nodes of a cluster, or one that is alone, each in a JVM of its own, on loopback. */
final class NodeProcesses implements Closeable {
    private static final long PATIENCE_SECONDS = 60;

    private final NodeKind kind;
    private final Path folder;
    private final int stores;
    private final List<String> addresses;
    private final List<NodeProcess> nodes = new ArrayList<>();

    /** Starts them, and returns when one leads. */
    NodeProcesses(NodeKind kind, int count, int stores, Path folder) throws Exception {
        this.kind = kind;
        this.folder = Files.createDirectories(folder);
        this.stores = stores;
        this.addresses = freeAddresses(count);
        try {
            for (int i = 0; i < count; i++) {
                nodes.add(process(i));
            }
            for (NodeProcess node : nodes) {
                String unused = node.answer();
            }
            int unused = leader();
        } catch (Exception | LinkageError e) {
            close();
            throw e;
        }
    }

    private NodeProcess process(int node) throws IOException {
        Path root = Files.createDirectories(folder.resolve("n" + (node + 1)));
        List<String> arguments = new ArrayList<>();
        arguments.add(kind.name());
        arguments.add(root.toString());
        arguments.add(String.valueOf(stores));
        arguments.add(String.valueOf(node));
        arguments.addAll(addresses);
        return new NodeProcess(arguments, folder.resolve("n" + (node + 1) + ".log"));
    }

    int size() {
        return nodes.size();
    }

    NodeProcess node(int node) {
        return nodes.get(node);
    }

    /** The node that leads; waits until there is one. */
    int leader() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            for (int i = 0; i < nodes.size(); i++) {
                if (Boolean.parseBoolean(nodes.get(i).ask("leads"))) {
                    return i;
                }
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new TimeoutException("nobody leads, see " + folder);
    }

    /** What the node that leads answers. */
    String askLeader(String question) throws Exception {
        return node(leader()).ask(question);
    }

    /**
     * Starts a node again that has ended, and waits until it has caught up.
     *
     * @return how many milliseconds it took to open
     */
    double restart(int node) throws Exception {
        nodes.set(node, process(node));
        double millis = Double.parseDouble(nodes.get(node).answer());
        long goal = Long.parseLong(nodes.get(leader()).ask("applied"));
        while (Long.parseLong(nodes.get(node).ask("applied")) < goal) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return millis;
    }

    private static List<String> freeAddresses(int count) throws IOException {
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

    /** Ends them by force: what they stored is of no use any more. */
    @Override
    public void close() throws IOException {
        for (NodeProcess node : nodes) {
            node.kill();
        }
    }
}
