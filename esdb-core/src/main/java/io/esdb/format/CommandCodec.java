package io.esdb.format;

import io.esdb.InvalidInput;
import io.esdb.machine.Append;
import io.esdb.machine.Command;
import io.esdb.machine.CreateStore;
import io.esdb.machine.DeleteStream;
import io.esdb.machine.LimitStream;
import io.esdb.machine.RaiseVersion;
import io.esdb.machine.SweepStream;
import io.esdb.machine.Transact;
import io.esdb.machine.TrimStream;

/** Commands in the log: a tag, then the fields. */
public final class CommandCodec {
    private static final int CREATE_STORE = 1;
    private static final int APPEND = 2;
    private static final int DELETE_STREAM = 3;
    private static final int TRIM_STREAM = 4;
    private static final int LIMIT_STREAM = 5;
    private static final int TRANSACT = 6;
    private static final int RAISE_VERSION = 7;
    private static final int SWEEP_STREAM = 8;

    private CommandCodec() {}

    /** The bytes of a command. */
    public static byte[] encode(Command command) {
        ByteWriter out = new ByteWriter(sizeHint(command));
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
        } else if (command instanceof Transact transact) {
            TransactCodec.write(out.u8(TRANSACT), transact);
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
            case TRANSACT -> TransactCodec.read(in);
            case RAISE_VERSION -> new RaiseVersion(in.i32());
            default -> throw new FormatException("unknown command " + tag);
        };
    }

    private static long notNegative(long limit) {
        if (limit < 0) {
            throw new FormatException("a negative limit " + limit);
        }
        return limit;
    }

    private static int sizeHint(Command command) {
        if (command instanceof Append append) {
            return AppendCodec.sizeHint(append);
        }
        return command instanceof Transact transact ? TransactCodec.sizeHint(transact) : 64;
    }
}
