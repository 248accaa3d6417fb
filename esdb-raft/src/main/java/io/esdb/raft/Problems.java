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

    /** False if there is one of this key already, which stays. */
    synchronized boolean add(String key, String problem) {
        return problems.putIfAbsent(key, problem) == null;
    }

    /** Of those whose keys begin like this, only those that end like one of these stay. */
    synchronized void retain(String begin, List<String> ends) {
        problems.keySet().removeIf(key -> key.startsWith(begin) && !ends.contains(key.substring(begin.length())));
    }

    synchronized void clear(String key) {
        problems.remove(key);
    }

    synchronized List<String> all() {
        return List.copyOf(problems.values());
    }
}
