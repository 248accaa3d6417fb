package io.esdb.raft;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is wrong at the moment, each thing once, in words for an operator. */
final class Problems {
    private final Map<String, String> problems = new TreeMap<>();

    synchronized void set(String key, String problem) {
        problems.put(key, problem);
    }

    synchronized void clear(String key) {
        problems.remove(key);
    }

    synchronized List<String> all() {
        return List.copyOf(problems.values());
    }
}
