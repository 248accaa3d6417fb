package io.esdb.examples.history;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;

/** One run of the program, and what came of it. */
record Run(int exitCode, List<String> out, List<String> err) {
    static Run of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = HistoryReplay.run(
                new PrintWriter(out),
                new PrintWriter(err),
                Arrays.stream(args).map(Object::toString).toArray(String[]::new));
        return new Run(exitCode, linesOf(out), linesOf(err));
    }

    String lastLine() {
        return out.get(out.size() - 1);
    }

    private static List<String> linesOf(StringWriter text) {
        return text.toString().lines().toList();
    }
}
