package io.esdb.raft;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Ratis' file with the term and the vote of a group, {@code raft-meta}. When the disk is full, Ratis puts in its place
 * what it could write of the next one, maybe nothing. So there is a copy beside it of what it said when a vote last left
 * this node: nobody was told of anything later.
 */
final class TermFile {
    private static final String TERM = "term";
    private static final String VOTE = "votedFor";
    /** What is kept of one group is written by one thread at a time; groups rarely wait for each other. */
    private static final List<Object> LOCKS =
            Stream.generate(Object::new).limit(64).toList();

    private final Path path;
    private final Path kept;

    /** @param current the folder in the group's folder that holds the log */
    TermFile(Path current) {
        this.path = current.resolve("raft-meta");
        this.kept = current.resolveSibling("vote");
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** The last term this node remembers. */
    long term() throws IOException {
        if (!isWhole()) {
            throw new IOException(path + " is not whole");
        }
        return Long.parseLong(read().getProperty(TERM));
    }

    private Properties read() throws IOException {
        Properties file = new Properties();
        file.load(new StringReader(Files.readString(path, StandardCharsets.UTF_8)));
        return file;
    }

    /** Each line has an end: a term that was cut off is none, and not a lower one. */
    private boolean isWhole() throws IOException {
        Properties file = read();
        return file.getProperty(TERM, "").matches("[0-9]{1,18}")
                && file.getProperty(VOTE) != null
                && Files.readString(path, StandardCharsets.UTF_8).endsWith("\n");
    }

    /** Remembers a later term, in which this node has not voted. */
    void raise(long term) throws IOException {
        SyncedFiles.replace(path, content(term));
    }

    private static byte[] content(long term) throws IOException {
        Properties file = new Properties();
        file.setProperty(TERM, Long.toString(term));
        file.setProperty(VOTE, "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        file.store(bytes, null);
        return bytes.toByteArray();
    }

    /**
     * A vote is about to leave this node, and is in the file. Safe to use from any thread.
     *
     * @throws IOException if the file is not whole, or cannot be kept: the vote must not leave
     */
    void keep() throws IOException {
        synchronized (LOCKS.get(Math.floorMod(kept.hashCode(), LOCKS.size()))) {
            if (!isWhole()) {
                throw new IOException(path + " is not whole");
            }
            byte[] content = Files.readAllBytes(path);
            if (!Files.exists(kept) || !Arrays.equals(content, Files.readAllBytes(kept))) {
                SyncedFiles.replace(kept, content);
            }
        }
    }

    /**
     * Puts back what was kept if the file is not whole; if nothing was kept, no vote has ever left. No server may have
     * the group open.
     *
     * @return whether it was not whole
     */
    boolean mend() throws IOException {
        if (!exists() || isWhole()) {
            return false;
        }
        SyncedFiles.replace(path, Files.exists(kept) ? Files.readAllBytes(kept) : content(0));
        return true;
    }
}
