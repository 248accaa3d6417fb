package io.esdb.erasure;

import io.esdb.EsdbException;
import io.esdb.RecordedEvent;
import java.io.Serial;

/**
 * A sealed payload is not what was sealed for this event and this subject: bytes of it were changed, cut or moved here from
 * another event, or it was sealed with a key that this store does not have. Nothing of it is handed out.
 */
public final class PayloadDamaged extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String stream;
    private final long position;
    private final String reason;

    PayloadDamaged(RecordedEvent event, String reason) {
        super("the sealed payload of the event at position " + event.position() + " is damaged: " + reason, null);
        this.stream = event.stream();
        this.position = event.position();
        this.reason = reason;
    }

    /** The event's stream. */
    public String stream() {
        return stream;
    }

    /** The event's position. */
    public long position() {
        return position;
    }

    /** What is wrong with it. */
    public String reason() {
        return reason;
    }
}
