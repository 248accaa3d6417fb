package io.esdb.snapshots;

import io.esdb.spi.Branch;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.DocumentPage;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.Documents;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the snapshots of a stream that are not among the newest. */
final class Retention {
    private final Documents documents;

    Retention(Documents documents) {
        this.documents = documents;
    }

    /** Whether a snapshot is among the newest once it is recorded, and what of the older ones then is not. */
    record Verdict(boolean kept, List<DocumentKey> outdated) {}

    /** @param most how many outdated ones to name at most */
    Verdict of(SnapshotKey recorded, int keep, int most) {
        List<DocumentKey> outdated = new ArrayList<>();
        Walk walk = new Walk(recorded.source(), recorded.stream(), keep + most + 1);
        int newer = 0;
        int others = 0;
        for (DocumentKey key = walk.next(); key != null && outdated.size() < most; key = walk.next()) {
            long version = KeyCodec.decode(key.key()).version();
            newer += version > recorded.version() ? 1 : 0;
            if (newer >= keep) {
                return new Verdict(false, List.of());
            }
            if (version != recorded.version() && ++others >= keep) {
                outdated.add(key);
            }
        }
        return new Verdict(true, outdated);
    }

    /** The older ones beside the newest {@code keep}. */
    List<DocumentKey> outdated(String source, String stream, int keep, int most) {
        List<DocumentKey> outdated = new ArrayList<>();
        Walk walk = new Walk(source, stream, keep + most);
        int seen = 0;
        for (DocumentKey key = walk.next(); key != null && outdated.size() < most; key = walk.next()) {
            if (++seen > keep) {
                outdated.add(key);
            }
        }
        return outdated;
    }

    /** The keys of a stream's snapshots, from the newest version back. */
    private final class Walk {
        private DocumentScan scan;
        private DocumentPage page;
        private int at;

        Walk(String source, String stream, int limit) {
            this.scan = DocumentScan.backward(
                    Branch.SNAPSHOTS, KeyCodec.prefix(source, stream), Math.min(limit, DocumentScan.MOST));
            this.page = documents.list(scan);
        }

        @Nullable
        DocumentKey next() {
            byte[] next = page.next();
            if (at == page.entries().size() && next != null) {
                scan = scan.from(next);
                page = documents.list(scan);
                at = 0;
            }
            return at < page.entries().size() ? page.entries().get(at++).key() : null;
        }
    }
}
