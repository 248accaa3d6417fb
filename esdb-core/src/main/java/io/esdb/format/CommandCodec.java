package io.esdb.format;

import io.esdb.InvalidInput;
import io.esdb.machine.Append;
import io.esdb.machine.Command;
import io.esdb.machine.CreateStore;
import io.esdb.machine.DeleteStream;
import io.esdb.machine.DocumentKey;
import io.esdb.machine.LimitStream;
import io.esdb.machine.PutDocument;
import io.esdb.machine.RaiseVersion;
import io.esdb.machine.SweepStream;
import io.esdb.machine.TrimStream;
import io.esdb.spi.Branch;
import java.util.EnumSet;
import java.util.Set;

/** Commands in the log: a tag, then the fields. */
public final class CommandCodec {
    private static final int CREATE_STORE = 1;
    private static final int APPEND = 2;
    private static final int DELETE_STREAM = 3;
    private static final int TRIM_STREAM = 4;
    private static final int LIMIT_STREAM = 5;
    private static final int PUT_DOCUMENT = 6;
    private static final int RAISE_VERSION = 7;
    private static final int SWEEP_STREAM = 8;

    /** The other branches are kept by the machine itself. */
    private static final Set<Branch> DOCUMENT_BRANCHES =
            EnumSet.of(Branch.SUBSCRIPTIONS, Branch.SNAPSHOTS, Branch.PROJECTIONS);

    private CommandCodec() {}

    /** The bytes of a command. */
    public static byte[] encode(Command command) {
        ByteWriter out = new ByteWriter(command instanceof Append append ? AppendCodec.sizeHint(append) : 64);
        if (command instanceof Append append) {
            AppendCodec.write(out.u8(APPEND), append);
        } else if (command instanceof CreateStore create) {
            SettingsCodec.write(out.u8(CREATE_STORE), create.settings());
        } else if (command instanceof DeleteStream delete) {
            out.u8(DELETE_STREAM).text(delete.stream()).u8(delete.forGood() ? 1 : 0);
            ExpectationCodec.write(out, delete.expected());
        } else if (command instanceof TrimStream trim) {
            out.u8(TRIM_STREAM).text(trim.stream()).i64(trim.before());
        } else if (command instanceof LimitStream limit) {
            out.u8(LIMIT_STREAM).text(limit.stream()).i64(limit.maxCount()).i64(limit.maxAgeMicros());
        } else if (command instanceof SweepStream sweep) {
            out.u8(SWEEP_STREAM).i64(sweep.time()).text(sweep.stream()).i32(sweep.most());
        } else if (command instanceof PutDocument put) {
            writeDocument(out.u8(PUT_DOCUMENT), put);
        } else if (command instanceof RaiseVersion raise) {
            out.u8(RAISE_VERSION).i32(raise.version());
        }
        return out.toBytes();
    }

    /**
     * The command of bytes.
     *
     * @throws FormatException if they are not those of a command
     */
    public static Command decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        try {
            Command command = read(in);
            in.end();
            return command;
        } catch (InvalidInput e) {
            throw new FormatException("a command that breaks the rules for its parts: " + e.getMessage());
        }
    }

    private static Command read(ByteReader in) {
        int tag = in.u8();
        return switch (tag) {
            case CREATE_STORE -> new CreateStore(SettingsCodec.read(in));
            case APPEND -> AppendCodec.read(in);
            case DELETE_STREAM -> {
                String stream = in.text();
                boolean forGood = in.u8() == 1;
                yield new DeleteStream(stream, ExpectationCodec.read(in), forGood);
            }
            case TRIM_STREAM -> new TrimStream(in.text(), in.i64());
            case LIMIT_STREAM -> new LimitStream(in.text(), notNegative(in.i64()), notNegative(in.i64()));
            case SWEEP_STREAM -> new SweepStream(in.i64(), in.text(), in.i32());
            case PUT_DOCUMENT -> readDocument(in);
            case RAISE_VERSION -> new RaiseVersion(in.i32());
            default -> throw new FormatException("unknown command " + tag);
        };
    }

    private static void writeDocument(ByteWriter out, PutDocument put) {
        byte[] value = put.value();
        out.u8(put.key().branch().id()).sized(put.key().key()).i64(put.expected());
        if (value == null) {
            out.u8(0);
        } else {
            out.u8(1).sized(value);
        }
    }

    private static PutDocument readDocument(ByteReader in) {
        DocumentKey key = new DocumentKey(branch(in.u8()), in.sized());
        long expected = in.i64();
        return new PutDocument(key, expected, in.u8() == 0 ? null : in.sized());
    }

    private static long notNegative(long limit) {
        if (limit < 0) {
            throw new FormatException("a negative limit " + limit);
        }
        return limit;
    }

    private static Branch branch(int id) {
        for (Branch branch : DOCUMENT_BRANCHES) {
            if (branch.id() == id) {
                return branch;
            }
        }
        throw new FormatException("branch " + id + " holds no documents");
    }
}
