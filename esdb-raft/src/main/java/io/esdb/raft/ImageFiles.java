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
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.jspecify.annotations.Nullable;

/**
 * What an image consists of; sent before its bytes, which follow file by file.
 *
 * @param at an entry whose effects are in the image
 * @param configuration the members of the group, as of the image or later: an entry that is committed; null if unknown
 * @param files in order
 */
record ImageFiles(LogIndex at, @Nullable LogEntryProto configuration, List<Part> files) {
    private static final int MOST_FILES = 1_000_000;
    private static final int MOST_MEMBER_BYTES = 1 << 20;

    /**
     * A file of an image.
     *
     * @param path relative to the image's folder, with {@code /} between its parts
     * @param bytes its length
     */
    record Part(String path, long bytes) {}

    static ImageFiles of(LogIndex at, @Nullable LogEntryProto configuration, Path folder) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (Path file : Folders.files(folder)) {
            parts.add(new Part(file.toString().replace('\\', '/'), Files.size(folder.resolve(file))));
        }
        return new ImageFiles(at, configuration, parts);
    }

    byte[] encode() throws IOException {
        byte[] members = configuration == null ? new byte[0] : configuration.toByteArray();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(at.term());
            out.writeLong(at.index());
            out.writeInt(members.length);
            out.write(members);
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
            LogEntryProto configuration = configuration(in);
            int count = in.readInt();
            if (count < 0 || count > MOST_FILES) {
                throw new IOException("an image of " + count + " files");
            }
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                parts.add(new Part(in.readUTF(), in.readLong()));
            }
            return new ImageFiles(at, configuration, parts);
        }
    }

    private static @Nullable LogEntryProto configuration(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_MEMBER_BYTES) {
            throw new IOException("members of " + length + " bytes");
        }
        byte[] members = new byte[length];
        in.readFully(members);
        return length == 0 ? null : LogEntryProto.parseFrom(members);
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
