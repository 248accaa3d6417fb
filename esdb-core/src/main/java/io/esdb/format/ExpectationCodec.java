package io.esdb.format;

import io.esdb.ExpectedRevision;

/** An expected revision: {@code tag 1}, and for an exact one {@code revision 8}. */
final class ExpectationCodec {
    private static final int ANY = 0;
    private static final int NO_STREAM = 1;
    private static final int EXISTS = 2;
    private static final int EXACTLY = 3;

    private ExpectationCodec() {}

    static void write(ByteWriter out, ExpectedRevision expected) {
        if (expected instanceof ExpectedRevision.Exactly exactly) {
            out.u8(EXACTLY).i64(exactly.revision());
        } else if (expected instanceof ExpectedRevision.NoStream) {
            out.u8(NO_STREAM);
        } else {
            out.u8(expected instanceof ExpectedRevision.Exists ? EXISTS : ANY);
        }
    }

    static ExpectedRevision read(ByteReader in) {
        int tag = in.u8();
        return switch (tag) {
            case ANY -> ExpectedRevision.any();
            case NO_STREAM -> ExpectedRevision.noStream();
            case EXISTS -> ExpectedRevision.exists();
            case EXACTLY -> ExpectedRevision.exactly(in.i64());
            default -> throw new FormatException("unknown expectation " + tag);
        };
    }
}
