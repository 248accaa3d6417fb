package io.esdb.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Writes an image that comes in chunks into a folder; on disk when {@link #finish} returns. */
final class ImageReceiver implements AutoCloseable {
    private final Path folder;
    private @Nullable ImageFiles files;
    private @Nullable FileChannel open;
    private int next;
    private long left;

    ImageReceiver(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The first chunk tells what comes, the others are the bytes. */
    void receive(byte[] chunk) throws IOException {
        if (files == null) {
            files = ImageFiles.decode(chunk);
            SyncedFiles.createFolders(folder);
            nextFile(files);
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(chunk);
        while (bytes.hasRemaining()) {
            write(files, bytes);
        }
    }

    private void write(ImageFiles all, ByteBuffer bytes) throws IOException {
        if (open == null) {
            throw new IOException("an image with more bytes than it announced");
        }
        ByteBuffer part = bytes.slice();
        part.limit((int) Math.min(left, part.remaining()));
        int length = part.remaining();
        while (part.hasRemaining()) {
            open.write(part);
        }
        bytes.position(bytes.position() + length);
        left -= length;
        if (left == 0) {
            nextFile(all);
        }
    }

    /** Ends the file that is full and opens the next one that is not empty. */
    private void nextFile(ImageFiles all) throws IOException {
        end();
        while (left == 0 && next < all.files().size()) {
            ImageFiles.Part part = all.files().get(next++);
            Path file = ImageFiles.inside(folder, part);
            Path parent = file.getParent();
            SyncedFiles.createFolders(parent == null ? folder : parent);
            open = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            left = part.bytes();
            if (left == 0) {
                end();
            }
        }
    }

    private void end() throws IOException {
        if (open != null) {
            try (FileChannel full = open) {
                full.force(true);
            }
            open = null;
        }
    }

    /** What came, once all of it has. */
    ImageFiles finish() throws IOException {
        if (files == null || open != null || next < files.files().size()) {
            throw new IOException("the image is not complete");
        }
        for (ImageFiles.Part part : files.files()) {
            Path parent = ImageFiles.inside(folder, part).getParent();
            SyncedFiles.syncFolder(parent == null ? folder : parent);
        }
        return files;
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
