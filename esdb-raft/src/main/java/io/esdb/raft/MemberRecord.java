package io.esdb.raft;

import io.esdb.InvalidInput;
import io.esdb.StoreCorrupt;
import io.esdb.StoreTooNew;
import io.esdb.spi.CommandLogProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * Who this node is in the group of a store: the file {@code member} in the store's folder.
 *
 * @param store the store's name
 * @param group the id of the Raft group
 * @param self this node, as the other members know it
 * @param state how far the membership is
 * @param listener whether this node only listens and does not vote
 * @param founders who made the group; none if this node joined it
 */
record MemberRecord(String store, UUID group, Member self, State state, boolean listener, List<Member> founders) {
    static final String FILE = CommandLogProvider.MEMBER_FILE;
    private static final int VERSION = 1;

    MemberRecord {
        founders = List.copyOf(founders);
    }

    enum State {
        /** A group was proposed to this node; it was not started. */
        FORMING,
        /** The group may be started here; nothing was acknowledged yet. */
        AGREED,
        /** This node is a member; its log holds what it acknowledged. */
        FORMED,
        /** This node was removed from the group. */
        LEFT
    }

    /** This node's name. */
    String member() {
        return self.name();
    }

    /** Whether a group that exists is taking this node in; what was here before does not count any more. */
    boolean isJoining() {
        return state == State.AGREED && founders.isEmpty();
    }

    MemberRecord with(State changed) {
        return new MemberRecord(store, group, self, changed, listener, founders);
    }

    /** Writes the record into a store's folder, durably and as a whole. */
    void write(Path folder) throws IOException {
        Properties file = new Properties();
        file.setProperty("version", Integer.toString(VERSION));
        file.setProperty("store", store);
        file.setProperty("group", group.toString());
        file.setProperty("member", self.name());
        file.setProperty("address", self.address());
        file.setProperty("state", state.name());
        file.setProperty("listener", Boolean.toString(listener));
        file.setProperty(
                "founders",
                String.join(",", founders.stream().map(MemberRecord::text).toList()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        file.store(bytes, "esdb: this node's place in the cluster; do not edit");
        SyncedFiles.replace(folder.resolve(FILE), bytes.toByteArray());
    }

    /**
     * The record in a store's folder; empty if there is none.
     *
     * @throws StoreCorrupt if the file is not a whole record
     * @throws StoreTooNew if a newer esdb wrote it
     * @throws IOException if it cannot be read
     */
    static Optional<MemberRecord> read(Path folder) throws IOException {
        Path path = folder.resolve(FILE);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        // Properties.store writes ISO 8859-1 and escapes the rest.
        String text = Files.readString(path, StandardCharsets.ISO_8859_1);
        try {
            Properties file = new Properties();
            file.load(new StringReader(text));
            requireKnown(path, Integer.parseInt(value(file, "version")));
            return Optional.of(of(file));
        } catch (IllegalArgumentException | InvalidInput e) {
            throw new StoreCorrupt(folder.toString(), path + ": " + e.getMessage(), e);
        }
    }

    private static void requireKnown(Path path, int version) {
        if (version > VERSION) {
            throw new StoreTooNew(
                    String.valueOf(path.getParent()), path + " has version " + version + ", known is " + VERSION, null);
        }
    }

    private static MemberRecord of(Properties file) {
        return new MemberRecord(
                value(file, "store"),
                UUID.fromString(value(file, "group")),
                Member.of(value(file, "member"), value(file, "address")),
                State.valueOf(value(file, "state")),
                flag("listener", value(file, "listener")),
                founders(file.getProperty("founders", "")));
    }

    private static String text(Member member) {
        return member.name() + "=" + member.address();
    }

    private static List<Member> founders(String text) {
        List<Member> founders = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int sign = part.indexOf('=');
            founders.add(Member.of(part.substring(0, Math.max(0, sign)), part.substring(sign + 1)));
        }
        return founders;
    }

    private static boolean flag(String key, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(key + " is '" + text + "'");
        };
    }

    private static String value(Properties file, String key) {
        String value = file.getProperty(key);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }
}
