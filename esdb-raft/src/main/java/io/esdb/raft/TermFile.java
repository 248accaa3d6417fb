package io.esdb.raft;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Ratis' file with the term and the vote of a group, {@code raft-meta}. */
final class TermFile {
    private static final String TERM = "term";
    private static final String VOTE = "votedFor";
    private final Path path;

    TermFile(Path current) {
        this.path = current.resolve("raft-meta");
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** The last term this node remembers. */
    long term() throws IOException {
        Properties file = new Properties();
        file.load(new StringReader(Files.readString(path, StandardCharsets.UTF_8)));
        try {
            return Long.parseLong(file.getProperty(TERM, ""));
        } catch (NumberFormatException e) {
            throw new IOException(path + " holds no term", e);
        }
    }

    /** Remembers a later term, in which this node has not voted. */
    void raise(long term) throws IOException {
        Properties file = new Properties();
        file.setProperty(TERM, Long.toString(term));
        file.setProperty(VOTE, "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        file.store(bytes, null);
        SyncedFiles.replace(path, bytes.toByteArray());
    }
}
