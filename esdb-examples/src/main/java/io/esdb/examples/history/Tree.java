package io.esdb.examples.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The truth: what git itself holds in the end.
 *
 * @param lines how many lines each text file has, by path
 */
record Tree(SortedMap<String, Long> lines) {

    /** Reads lines of a path, a tab and a number. */
    static Tree read(Source source) throws IOException {
        SortedMap<String, Long> lines = new TreeMap<>();
        try (BufferedReader reader = source.open()) {
            for (String line : (Iterable<String>) reader.lines()::iterator) {
                int tab = line.lastIndexOf('\t');
                if (tab < 0 || !line.substring(tab + 1).matches("[0-9]{1,18}")) {
                    throw new IOException(source + " has a line that is no path, tab and number: " + line);
                }
                lines.put(line.substring(0, tab), Long.parseLong(line.substring(tab + 1)));
            }
        }
        return new Tree(lines);
    }

    /** Adds to the problems each file that is another one in the store. */
    void compare(SortedMap<String, FileState> files, List<String> problems) {
        lines.forEach((path, count) -> {
            FileState state = files.getOrDefault(FileEvents.stream(path), FileState.Absent.ABSENT);
            if (!state.equals(new FileState.Text(count))) {
                problems.add(path + " has " + count + " lines in the tree, and is " + state + " in the store");
            }
        });
        files.forEach((stream, state) -> {
            String path = stream.substring(FileEvents.PREFIX.length());
            if (state instanceof FileState.Text && !lines.containsKey(path)) {
                problems.add(path + " is no text file in the tree, and is " + state + " in the store");
            }
        });
    }
}
