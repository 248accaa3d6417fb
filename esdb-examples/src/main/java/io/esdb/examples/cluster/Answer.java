package io.esdb.examples.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node answers to a command, as one line of JSON.
 *
 * @param failure why the command could not be carried out; null if it was
 * @param facts what was found, in the order in which it is to be shown
 * @param problems what is wrong with the store
 */
record Answer(@Nullable String failure, Map<String, String> facts, List<String> problems) {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    Answer {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        problems = List.copyOf(problems);
    }

    static Answer done() {
        return new Answer(null, Map.of(), List.of());
    }

    static Answer failed(String failure) {
        return new Answer(failure, Map.of(), List.of());
    }

    Answer with(String fact, Object value) {
        Map<String, String> more = new LinkedHashMap<>(facts);
        more.put(fact, String.valueOf(value));
        return new Answer(failure, more, problems);
    }

    Answer with(List<String> found) {
        List<String> more = new ArrayList<>(problems);
        more.addAll(found);
        return new Answer(failure, facts, more);
    }

    /** A fact, or the empty text if it is not told. */
    String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    String toLine() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException if the line is no answer */
    static Answer ofLine(String line) {
        try {
            return JSON.readValue(line, Answer.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no answer: " + line, e);
        }
    }

    /** For people. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        if (failure != null) {
            words.add("failed: " + failure);
        }
        facts.forEach((fact, value) -> words.add(fact + "=" + value));
        problems.forEach(problem -> words.add("PROBLEM: " + problem));
        return String.join(" ", words);
    }
}
