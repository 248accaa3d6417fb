package io.esdb.raft;

import io.esdb.spi.LogIndex;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an image consists of; sent before its bytes, which follow file by file.
 *
 * @param at an entry whose effects are in the image
 * @param files in order
 */
record ImageFiles(LogIndex at, List<Part> files) {
    private static final int MOST_FILES = 1_000_000;

    /**
     * A file of an image.
     *
     * @param path relative to the image's folder, with {@code /} between its parts
     * @param bytes its length
     */
    record Part(String path, long bytes) {}

    static ImageFiles of(LogIndex at, Path folder) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (Path file : Folders.files(folder)) {
            parts.add(new Part(file.toString().replace('\\', '/'), Files.size(folder.resolve(file))));
        }
        return new ImageFiles(at, parts);
    }

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(at.term());
            out.writeLong(at.index());
            out.writeInt(files.size());
            for (Part part : files) {
                out.writeUTF(part.path());
                out.writeLong(part.bytes());
            }
        }
        return bytes.toByteArray();
    }

    static ImageFiles decode(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            LogIndex at = new LogIndex(in.readLong(), in.readLong());
            int count = in.readInt();
            if (count < 0 || count > MOST_FILES) {
                throw new IOException("an image of " + count + " files");
            }
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                parts.add(new Part(in.readUTF(), in.readLong()));
            }
            return new ImageFiles(at, parts);
        }
    }

    /** Where a file belongs below a folder; nothing that was sent leads out of it. */
    static Path inside(Path folder, Part part) throws IOException {
        Path file = folder.resolve(part.path()).normalize();
        if (!file.startsWith(folder) || file.equals(folder) || part.bytes() < 0) {
            throw new IOException("not a file of an image: " + part);
        }
        return file;
    }
}
