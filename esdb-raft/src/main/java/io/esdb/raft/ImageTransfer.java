package io.esdb.raft;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends images of stores to nodes that are behind, and fetches them. */
final class ImageTransfer {
    private static final Logger LOG = LoggerFactory.getLogger(ImageTransfer.class);
    private static final int CHUNK = 1 << 20;
    private static final Duration IDLE = Duration.ofSeconds(30);
    /** Making an image brings the store to disk; more at a time would only slow each other down. */
    private static final int AT_ONCE = 2;

    private final Path folder;
    private final Semaphore sending = new Semaphore(AT_ONCE);

    /** @param folder for images under way; what a crash left there is deleted */
    ImageTransfer(Path folder) throws IOException {
        this.folder = folder;
        Folders.delete(folder);
        SyncedFiles.createFolders(folder);
    }

    /** Makes an image and sends it; the members are read after it was made, so that none of its entries changes them. */
    void send(OpenStore store, ImageSink sink) throws IOException, InterruptedException {
        sending.acquire();
        Path image = folder.resolve(store.name() + "-out-" + UUID.randomUUID());
        try {
            LogIndex at = store.log().consumer().image(image);
            ImageFiles files = ImageFiles.of(at, store.configuration().kept().orElse(null), image);
            sink.send(files.encode());
            for (ImageFiles.Part part : files.files()) {
                send(ImageFiles.inside(image, part), sink);
            }
        } finally {
            sending.release();
            Folders.delete(image);
        }
    }

    private static void send(Path file, ImageSink sink) throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = in.readNBytes(CHUNK);
            while (chunk.length > 0) {
                sink.send(chunk);
                chunk = in.readNBytes(CHUNK);
            }
        }
    }

    /**
     * Fetches an image from a member and installs it.
     *
     * @param first the first entry that the log goes on with; the image must reach up to it
     */
    LogIndex fetch(OpenStore store, Member from, long first, PeerChannels channels) throws IOException {
        Path image = folder.resolve(store.name() + "-in-" + UUID.randomUUID());
        LOG.atInfo()
                .addKeyValue("store", store.name())
                .addKeyValue("from", from.name())
                .log("Fetching an image");
        try (ImageReceiver receiver = new ImageReceiver(image)) {
            channels.image(from, PeerCodec.encode(new PeerRequest.Hello(store.name())), IDLE, receiver::receive);
            ImageFiles files = receiver.finish();
            LogIndex at = files.at();
            if (at.index() < first - 1
                    || at.index() < store.log().consumer().applied().index()) {
                throw new IOException("the image ends with entry " + at.index() + ", before entry " + first);
            }
            if (files.configuration() != null) {
                store.configuration().keep(files.configuration());
            }
            return store.log().applier().install(image);
        } finally {
            Folders.delete(image);
        }
    }
}
