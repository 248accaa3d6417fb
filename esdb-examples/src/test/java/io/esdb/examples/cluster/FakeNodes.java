package io.esdb.examples.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Nodes n1 to n3 that write down what is done to them, and answer what they were given. */
final class FakeNodes implements Nodes {
    final List<String> calls = new ArrayList<>();
    final Set<String> down = new TreeSet<>();
    private final Map<String, CompletableFuture<Answer>> held = new HashMap<>();
    private final Map<String, List<Answer>> answers = new HashMap<>();

    /** What a node answers to lines that start so, one after the other, the last one over and over. */
    FakeNodes answering(String name, String start, Answer... given) {
        answers.put(name + ' ' + start, new ArrayList<>(List.of(given)));
        return this;
    }

    /** This call is not answered before a node is started. */
    FakeNodes holding(String call) {
        held.put(call, new CompletableFuture<>());
        return this;
    }

    @Override
    public List<String> names() {
        return List.of("n1", "n2", "n3");
    }

    @Override
    public boolean isRunning(String name) {
        return !down.contains(name);
    }

    @Override
    public CompletableFuture<Answer> start(String name) {
        held.values().forEach(answer -> answer.complete(Answer.done()));
        return called("start " + name, name);
    }

    @Override
    public void stop(String name) {
        calls.add("stop " + name);
    }

    @Override
    public void kill(String name) {
        calls.add("kill " + name);
    }

    @Override
    public void pause(String name) {
        calls.add("pause " + name);
    }

    @Override
    public void resume(String name) {
        calls.add("resume " + name);
    }

    @Override
    public void partition(Set<String> apart) {
        calls.add("partition " + new TreeSet<>(apart));
    }

    @Override
    public CompletableFuture<Answer> send(String name, String line) {
        return called(name + ' ' + line, name + ' ' + line.split(" ", 2)[0]);
    }

    private CompletableFuture<Answer> called(String call, String key) {
        calls.add(call);
        if (held.containsKey(call)) {
            return held.get(call);
        }
        List<Answer> given = answers.getOrDefault(key, List.of(Answer.done()));
        return CompletableFuture.completedFuture(given.size() > 1 ? given.remove(0) : given.get(0));
    }
}
