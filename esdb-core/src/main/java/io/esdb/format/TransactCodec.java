package io.esdb.format;

import io.esdb.machine.Append;
import io.esdb.machine.Transact;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentEdit.Put;
import io.esdb.spi.DocumentEdit.Remove;
import io.esdb.spi.DocumentEdit.Require;
import io.esdb.spi.DocumentKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A transaction in the log: {@code edits | append flag 1 | [append]}, each edit {@code kind 1 | branch 1 | key |
 * expected 8 | [value]}.
 */
final class TransactCodec {
    private static final int PUT = 1;
    private static final int REMOVE = 2;
    private static final int REQUIRE = 3;

    private TransactCodec() {}

    static int sizeHint(Transact transact) {
        Append append = transact.append();
        int size = 16 + (append == null ? 0 : AppendCodec.sizeHint(append));
        for (DocumentEdit edit : transact.edits()) {
            size += 20 + edit.key().key().length + (edit instanceof Put put ? put.value().length : 0);
        }
        return size;
    }

    static void write(ByteWriter out, Transact transact) {
        out.varint(transact.edits().size());
        transact.edits().forEach(edit -> write(out, edit));
        Append append = transact.append();
        out.u8(append == null ? 0 : 1);
        if (append != null) {
            AppendCodec.write(out, append);
        }
    }

    private static void write(ByteWriter out, DocumentEdit edit) {
        int kind = edit instanceof Put ? PUT : edit instanceof Remove ? REMOVE : REQUIRE;
        out.u8(kind).u8(edit.key().branch().id()).sized(edit.key().key()).i64(edit.expected());
        if (edit instanceof Put put) {
            out.sized(put.value());
        }
    }

    static Transact read(ByteReader in) {
        int count = in.length();
        List<DocumentEdit> edits = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            edits.add(readEdit(in));
        }
        return new Transact(edits, in.u8() == 0 ? null : AppendCodec.read(in));
    }

    private static DocumentEdit readEdit(ByteReader in) {
        int kind = in.u8();
        DocumentKey key = new DocumentKey(branch(in.u8()), in.sized());
        long expected = in.i64();
        return switch (kind) {
            case PUT -> new Put(key, expected, in.sized());
            case REMOVE -> new Remove(key, expected);
            case REQUIRE -> new Require(key, expected);
            default -> throw new FormatException("unknown edit " + kind);
        };
    }

    private static Branch branch(int id) {
        for (Branch branch : Branch.values()) {
            if (branch.id() == id) {
                return branch;
            }
        }
        throw new FormatException("unknown branch " + id);
    }
}
