package io.esdb.json;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An upcaster threw or returned null. What it threw is the cause. */
public final class UpcasterFailed extends EventNotReadable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String failedType;
    private final int failedVersion;

    UpcasterFailed(
            String type, int version, long position, String failedType, int failedVersion, @Nullable Throwable cause) {
        super(
                type,
                version,
                position,
                "failed in the upcaster from '" + failedType + "' version " + failedVersion,
                cause);
        this.failedType = failedType;
        this.failedVersion = failedVersion;
    }

    /** The type that the failed upcaster starts from. */
    public String failedType() {
        return failedType;
    }

    /** The version that the failed upcaster starts from. */
    public int failedVersion() {
        return failedVersion;
    }
}
