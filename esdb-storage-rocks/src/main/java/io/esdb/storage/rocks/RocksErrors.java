package io.esdb.storage.rocks;

import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Turns what RocksDB and the file system report into the kinds that a caller can act on. */
final class RocksErrors {
    private RocksErrors() {}

    static StorageException of(String what, RocksDBException cause) {
        return new StorageException(kind(cause), what + ": " + cause.getMessage(), cause);
    }

    static StorageException of(String what, IOException cause) {
        Kind kind =
                cause instanceof NoSuchFileException ? Kind.CORRUPT : isFull(cause.getMessage()) ? Kind.FULL : Kind.IO;
        return new StorageException(kind, what + ": " + cause, cause);
    }

    static StorageException corrupt(String message) {
        return new StorageException(Kind.CORRUPT, message, null);
    }

    static StorageException closed(String what) {
        return new StorageException(Kind.CLOSED, what + " is closed", null);
    }

    private static Kind kind(RocksDBException cause) {
        Status status = cause.getStatus();
        String text = String.valueOf(cause.getMessage());
        if (isFull(text) || (status != null && status.getSubCode() == Status.SubCode.NoSpace)) {
            return Kind.FULL;
        }
        if (text.contains("Column families not opened")) {
            return Kind.TOO_NEW;
        }
        if (text.contains("While lock file") || text.contains("lock hold by current process")) {
            return Kind.LOCKED;
        }
        // A file that RocksDB expects and does not find is a loss, in whatever words it is told.
        boolean lost = text.contains("No such file or directory") || text.contains("does not exist");
        return lost || isCorruption(status) ? Kind.CORRUPT : Kind.IO;
    }

    private static boolean isCorruption(@Nullable Status status) {
        return status != null && status.getCode() == Status.Code.Corruption;
    }

    private static boolean isFull(@Nullable String message) {
        String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
        return text.contains("no space left")
                || text.contains("quota exceeded")
                || text.contains("not enough space on the disk");
    }
}
