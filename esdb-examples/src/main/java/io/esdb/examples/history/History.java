package io.esdb.examples.history;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads a history: one JSON object in a line for each commit, oldest first. */
final class History {
    private static final ObjectReader COMMITS = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build()
            .readerFor(Commit.class);

    private final Source source;

    History(Source source) {
        this.source = source;
    }

    /** How many commits it has. */
    long count() throws IOException {
        try (BufferedReader lines = source.open()) {
            return lines.lines().count();
        }
    }

    /** Passes each commit on as it is read. */
    void forEach(Consumer<Commit> action) throws IOException {
        try (BufferedReader lines = source.open();
                MappingIterator<Commit> commits = COMMITS.readValues(lines)) {
            while (commits.hasNextValue()) {
                action.accept(commits.nextValue());
            }
        }
    }
}
