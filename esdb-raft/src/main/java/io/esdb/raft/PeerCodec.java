package io.esdb.raft;

import io.esdb.InvalidInput;
import io.esdb.raft.Forwarding.Batch;
import io.esdb.raft.PeerAnswer.Done;
import io.esdb.raft.PeerAnswer.NotLeader;
import io.esdb.raft.PeerAnswer.Phase;
import io.esdb.raft.PeerAnswer.Refused;
import io.esdb.raft.PeerAnswer.State;
import io.esdb.raft.PeerRequest.Add;
import io.esdb.raft.PeerRequest.Ask;
import io.esdb.raft.PeerRequest.Digest;
import io.esdb.raft.PeerRequest.Forward;
import io.esdb.raft.PeerRequest.Hello;
import io.esdb.raft.PeerRequest.Join;
import io.esdb.raft.PeerRequest.Prepare;
import io.esdb.raft.PeerRequest.Remove;
import io.esdb.raft.PeerRequest.Removed;
import io.esdb.raft.PeerRequest.Settle;
import io.esdb.raft.PeerRequest.Transfer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Requests and answers between nodes as bytes: a tag, then the parts in order. */
final class PeerCodec {
    private PeerCodec() {}

    static byte[] encode(PeerRequest request) {
        return written(out -> {
            if (request instanceof Hello) {
                head(out, 1, request);
            } else if (request instanceof Prepare prepare) {
                head(out, 2, request);
                uuid(out, prepare.group());
                members(out, prepare.members());
            } else if (request instanceof Settle settle) {
                head(out, 3, request);
                uuid(out, settle.group());
            } else if (request instanceof Join join) {
                head(out, 4, request);
                member(out, join.member());
            } else if (request instanceof Add add) {
                head(out, 5, request);
                member(out, add.member());
                out.writeBoolean(add.listener());
            } else if (request instanceof Remove remove) {
                head(out, 6, request);
                out.writeUTF(remove.member());
            } else if (request instanceof Transfer transfer) {
                head(out, 7, request);
                out.writeUTF(transfer.member());
            } else if (request instanceof Forward forward) {
                head(out, 8, request);
                batch(out, forward.batch());
            } else if (request instanceof Ask ask) {
                head(out, 9, request);
                bytes(out, ask.question());
            } else if (request instanceof Digest digest) {
                head(out, 10, request);
                out.writeLong(digest.index());
            } else if (request instanceof Removed removed) {
                head(out, 11, request);
                uuid(out, removed.group());
                out.writeUTF(removed.member());
            }
        });
    }

    /** @throws IllegalArgumentException if the bytes are no request */
    static PeerRequest request(byte[] bytes) {
        return read(bytes, in -> {
            int tag = in.readUnsignedByte();
            String store = in.readUTF();
            return switch (tag) {
                case 1 -> new Hello(store);
                case 2 -> new Prepare(store, uuid(in), members(in));
                case 3 -> new Settle(store, uuid(in));
                case 4 -> new Join(store, member(in));
                case 5 -> new Add(store, member(in), in.readBoolean());
                case 6 -> new Remove(store, in.readUTF());
                case 7 -> new Transfer(store, in.readUTF());
                case 8 -> new Forward(store, batch(in));
                case 9 -> new Ask(store, bytes(in));
                case 10 -> new Digest(store, in.readLong());
                case 11 -> new Removed(store, uuid(in), in.readUTF());
                default -> throw new IllegalArgumentException("a request with the tag " + tag);
            };
        });
    }

    static byte[] encode(PeerAnswer answer) {
        return written(out -> {
            if (answer instanceof Done done) {
                out.writeByte(1);
                bytes(out, done.bytes());
            } else if (answer instanceof NotLeader notLeader) {
                out.writeByte(2);
                out.writeUTF(notLeader.leader() == null ? "" : notLeader.leader());
            } else if (answer instanceof Refused refused) {
                out.writeByte(3);
                bytes(out, refused.reason().getBytes(StandardCharsets.UTF_8));
            } else if (answer instanceof State state) {
                out.writeByte(4);
                out.writeByte(state.phase().code());
                uuid(out, state.group() == null ? new UUID(0, 0) : state.group());
                members(out, state.members());
            }
        });
    }

    /** @throws IllegalArgumentException if the bytes are no answer */
    static PeerAnswer answer(byte[] bytes) {
        return read(bytes, in -> {
            int tag = in.readUnsignedByte();
            return switch (tag) {
                case 1 -> new Done(bytes(in));
                case 2 -> {
                    String leader = in.readUTF();
                    yield new NotLeader(leader.isEmpty() ? null : leader);
                }
                case 3 -> new Refused(new String(bytes(in), StandardCharsets.UTF_8));
                case 4 -> state(in);
                default -> throw new IllegalArgumentException("an answer with the tag " + tag);
            };
        });
    }

    private static State state(DataInputStream in) throws IOException {
        Phase phase = Phase.of(in.readUnsignedByte());
        UUID group = uuid(in);
        return new State(phase, group.equals(new UUID(0, 0)) ? null : group, members(in));
    }

    private static void head(DataOutputStream out, int tag, PeerRequest request) throws IOException {
        out.writeByte(tag);
        out.writeUTF(request.store());
    }

    private static void uuid(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    private static void member(DataOutputStream out, Member member) throws IOException {
        out.writeUTF(member.name());
        out.writeUTF(member.address());
    }

    private static Member member(DataInputStream in) throws IOException {
        return Member.of(in.readUTF(), in.readUTF());
    }

    private static void members(DataOutputStream out, List<Member> members) throws IOException {
        out.writeShort(members.size());
        for (Member member : members) {
            member(out, member);
        }
    }

    private static List<Member> members(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(member(in));
        }
        return members;
    }

    private static void batch(DataOutputStream out, Batch batch) throws IOException {
        out.writeLong(batch.origin());
        out.writeLong(batch.number());
        bytes(out, new ItemGroup(batch.term(), batch.items()).encode());
    }

    private static Batch batch(DataInputStream in) throws IOException {
        long origin = in.readLong();
        long number = in.readLong();
        ItemGroup group = ItemGroup.decode(ByteBuffer.wrap(bytes(in)));
        return new Batch(origin, number, group.term(), group.items());
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IllegalArgumentException(length + " bytes announced, " + in.available() + " there");
        }
        return in.readNBytes(length);
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] bytes, Reading<T> reading) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            T value = reading.from(in);
            if (in.available() > 0) {
                throw new IllegalArgumentException(in.available() + " bytes too many");
            }
            return value;
        } catch (InvalidInput e) {
            throw new IllegalArgumentException("no member", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cut short", e);
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }
}
