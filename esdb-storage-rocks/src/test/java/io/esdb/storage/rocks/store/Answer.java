package io.esdb.storage.rocks.store;

import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Results of appends on a line. */
final class Answer {
    private Answer() {}

    static String line(AppendResult result) {
        String streams = result.streams().stream()
                .map(stream -> stream.stream() + "@" + stream.first() + "x" + stream.last())
                .collect(Collectors.joining(","));
        return result.firstPosition() + " " + result.lastPosition() + " " + streams;
    }

    static AppendResult parse(String line) {
        String[] fields = line.split(" ", -1);
        List<StreamRevisions> streams = new ArrayList<>();
        for (String stream : fields[2].split(",", -1)) {
            String[] parts = stream.split("[@x]", -1);
            streams.add(new StreamRevisions(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])));
        }
        return new AppendResult(Long.parseLong(fields[0]), Long.parseLong(fields[1]), streams);
    }
}
