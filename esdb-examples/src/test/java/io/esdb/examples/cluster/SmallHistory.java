package io.esdb.examples.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A history in which every commit changes some files, and its tree. */
record SmallHistory(Path commits, Path tree, long events) {
    static final int FILES = 3;

    static SmallHistory write(Path folder, int commits) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            lines.add(commit(i));
        }
        List<String> files = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            files.add("file" + file + '\t' + commits);
        }
        return new SmallHistory(
                Files.write(folder.resolve("history.jsonl"), lines),
                Files.write(folder.resolve("tree.tsv"), files),
                (long) commits * FILES);
    }

    private static String commit(int number) {
        List<String> changes = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            changes.add("{\"path\":\"file%d\",\"added\":1,\"deleted\":0,\"kind\":\"%s\"}"
                    .formatted(file, number == 0 ? "created" : "changed"));
        }
        return "{\"commit\":\"%d\",\"time\":%d,\"changes\":[%s]}".formatted(number, number, String.join(",", changes));
    }
}
