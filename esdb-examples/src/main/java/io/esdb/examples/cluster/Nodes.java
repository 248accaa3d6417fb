package io.esdb.examples.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The nodes of a cluster, as whoever manages them sees them. Names of nodes that there are not are refused. */
interface Nodes {
    /** The names of all nodes, sorted. */
    List<String> names();

    /** Whether it runs. One that is paused does too. */
    boolean isRunning(String name);

    /** Starts a node that does not run; its answer comes when its store is open. */
    CompletableFuture<Answer> start(String name) throws IOException;

    /** Lets a node end in order. */
    void stop(String name);

    /** Ends a node without a word. */
    void kill(String name) throws InterruptedException;

    /** Lets a node stand still. */
    void pause(String name) throws IOException, InterruptedException;

    /** Lets a node go on. */
    void resume(String name) throws IOException, InterruptedException;

    /** Cuts these nodes off from all others; none by the empty set. */
    void partition(Set<String> apart);

    /** Sends a command to a node; the answer of one that does not run says so. */
    CompletableFuture<Answer> send(String name, String line);

    /** Sends a command to all nodes that run, at once, and waits for their answers. */
    default SortedMap<String, Answer> askAll(String line) {
        SortedMap<String, CompletableFuture<Answer>> sent = new TreeMap<>();
        names().stream().filter(this::isRunning).forEach(name -> sent.put(name, send(name, line)));
        SortedMap<String, Answer> answers = new TreeMap<>();
        sent.forEach((name, answer) -> answers.put(name, answer.join()));
        return answers;
    }
}
