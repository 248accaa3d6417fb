package io.esdb.projections;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How far one version of a projection is: what its fence, a document, says.
 *
 * @param term the term of the leader that runs it
 * @param position the position up to which all events have counted, -1 if none
 * @param events how many counted
 * @param live whether it had caught up then
 * @param failure what its function fails at; null if it does not
 */
record Place(
        long term,
        long position,
        long events,
        boolean live,
        @Nullable ProjectionFailure failure) {
    static final Place NONE = new Place(0, -1, 0, false, null);

    private static final byte FORMAT = 1;

    boolean isStopped() {
        return failure != null && failure.stopped();
    }

    Place claimed(long by) {
        return new Place(by, position, events, false, failure);
    }

    Place failing(@Nullable ProjectionFailure with) {
        return new Place(term, position, events, live, with);
    }

    byte[] encode() {
        return Coding.encode(FORMAT, this::write);
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeLong(term);
        out.writeLong(position);
        out.writeLong(events);
        out.writeBoolean(live);
        out.writeBoolean(failure != null);
        if (failure != null) {
            out.writeLong(failure.position());
            out.writeBoolean(failure.stopped());
            out.writeUTF(failure.reason());
        }
    }

    static Place decode(String store, byte[] bytes) {
        return Coding.decode(store, FORMAT, bytes, Place::read);
    }

    private static Place read(DataInputStream in) throws IOException {
        long term = in.readLong();
        long position = in.readLong();
        long events = in.readLong();
        boolean live = in.readBoolean();
        return new Place(term, position, events, live, in.readBoolean() ? readFailure(in) : null);
    }

    private static ProjectionFailure readFailure(DataInputStream in) throws IOException {
        long position = in.readLong();
        boolean stopped = in.readBoolean();
        return new ProjectionFailure(position, in.readUTF(), stopped);
    }
}
