package io.esdb.projections;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wanted of a projection: a document, which any node may change.
 *
 * @param mode whether it is to run
 * @param reason why not, in words; empty if it is to run
 * @param active the version that is read
 * @param building the version that is to take its place once it has caught up; 0 for none
 * @param last the highest version that there ever was
 * @param retired versions whose states are to be removed
 */
record Control(Mode mode, String reason, int active, int building, int last, List<Integer> retired) {
    private static final byte FORMAT = 1;

    enum Mode {
        RUNNING(0),
        PAUSED(1),
        STOPPED(2);

        private final int id;

        Mode(int id) {
            this.id = id;
        }

        static Mode of(int id) throws IOException {
            for (Mode mode : values()) {
                if (mode.id == id) {
                    return mode;
                }
            }
            throw new IOException("there is no mode " + id);
        }
    }

    Control {
        retired = List.copyOf(retired);
    }

    static Control first(int version) {
        return new Control(Mode.RUNNING, "", version, 0, version, List.of());
    }

    /** The versions that are to run. */
    List<Integer> wanted() {
        if (mode != Mode.RUNNING) {
            return List.of();
        }
        return building == 0 ? List.of(active) : List.of(active, building);
    }

    Control running() {
        return new Control(Mode.RUNNING, "", active, building, last, retired);
    }

    Control paused() {
        return new Control(Mode.PAUSED, "it was paused", active, building, last, retired);
    }

    /** A version that is being built is given up. */
    Control stopped(String why) {
        return new Control(Mode.STOPPED, why, active, 0, last, building == 0 ? retired : with(building));
    }

    Control building(int version) {
        return new Control(mode, reason, active, version, version, building == 0 ? retired : with(building));
    }

    Control switched() {
        return new Control(mode, reason, building, 0, last, with(active));
    }

    Control cleared(int version) {
        return new Control(
                mode,
                reason,
                active,
                building,
                last,
                retired.stream().filter(other -> other != version).toList());
    }

    private List<Integer> with(int version) {
        List<Integer> more = new ArrayList<>(retired);
        more.add(version);
        return more;
    }

    byte[] encode() {
        return Coding.encode(FORMAT, this::write);
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeByte(mode.id);
        out.writeUTF(reason);
        out.writeInt(active);
        out.writeInt(building);
        out.writeInt(last);
        out.writeInt(retired.size());
        for (int version : retired) {
            out.writeInt(version);
        }
    }

    static Control decode(String store, byte[] bytes) {
        return Coding.decode(store, FORMAT, bytes, Control::read);
    }

    private static Control read(DataInputStream in) throws IOException {
        Mode mode = Mode.of(in.readByte());
        String reason = in.readUTF();
        int active = in.readInt();
        int building = in.readInt();
        int last = in.readInt();
        List<Integer> retired = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            retired.add(in.readInt());
        }
        return new Control(mode, reason, active, building, last, retired);
    }
}
