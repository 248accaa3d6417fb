package io.esdb.benchmarks;

import io.esdb.raft.Member;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A node in a JVM of its own, started by {@link NodeProcess}. It answers every line of its input with a line; the first
 * one says how many milliseconds it took to open. It ends with its input.
 */
final class NodeMain {
    private static final int LOADERS = 64;

    private final Node node;

    private NodeMain(Node node) {
        this.node = node;
    }

    /** Arguments: the kind, the folder, how many stores, which of the members it is, and the addresses of all. */
    public static void main(String... args) throws IOException {
        long start = System.nanoTime();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<Member> members = new ArrayList<>();
        for (int i = 4; i < args.length; i++) {
            members.add(Member.of("n" + (i - 3), args[i]));
        }
        Member self = members.get(Integer.parseInt(args[3]));
        try (Node node = NodeKind.valueOf(args[0]).open(Path.of(args[1]), Integer.parseInt(args[2]), self, members)) {
            out.println((System.nanoTime() - start) / 1e6);
            new NodeMain(node).serve(out);
        }
        System.exit(0); // whatever threads are left
    }

    private void serve(PrintStream out) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            try {
                out.println(answer(line.split(" ", -1)));
            } catch (Exception e) {
                e.printStackTrace(); // goes to the node's log
                out.println("failed: " + e);
            }
        }
    }

    private String answer(String[] words) throws Exception {
        return switch (words[0]) {
            case "leads" -> String.valueOf(node.leads());
            case "applied" -> String.valueOf(node.applied());
            case "append" -> String.valueOf(rate(Integer.parseInt(words[1]), Long.parseLong(words[2])));
            case "somehow" -> String.valueOf(node.appendSomehow());
            case "load" -> load(Integer.parseInt(words[1]));
            case "verify" -> verify();
            case "idle" -> Footprint.now().toString();
            default -> node.answer(words);
        };
    }

    private double rate(int callers, long millis) throws Exception {
        return Callers.rate(callers, Duration.ofMillis(millis), node::append);
    }

    private String load(int events) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(LOADERS);
        try {
            List<Callable<Void>> loops = new ArrayList<>();
            for (int i = 0; i < LOADERS; i++) {
                int caller = i;
                loops.add(() -> load(caller, events / LOADERS));
            }
            for (Future<Void> done : threads.invokeAll(loops)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
        return "loaded";
    }

    private Void load(int caller, int events) throws Exception {
        for (int i = 0; i < events; i++) {
            node.append(caller);
        }
        return null;
    }

    private String verify() {
        node.verify();
        return "verified";
    }
}
