package io.esdb.format;

import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import io.esdb.machine.Reply;
import java.util.ArrayList;
import java.util.List;

/** Replies on their way back to the sender: a tag, then the fields. */
public final class ReplyCodec {
    private static final int APPENDED = 1;
    private static final int DONE = 2;
    private static final int TRANSACTED = 3;
    private static final int WRONG_REVISION = 4;
    private static final int CONDITION_FAILED = 5;
    private static final int ID_TAKEN = 6;
    private static final int TOMBSTONED = 7;
    private static final int NO_STREAM = 8;
    private static final int WRONG_DOCUMENT_VERSION = 9;
    private static final int REFUSED = 10;

    private ReplyCodec() {}

    /** The bytes of a reply. */
    public static byte[] encode(Reply reply) {
        ByteWriter out = new ByteWriter(96);
        if (reply instanceof Reply.Appended appended) {
            writeResult(out.u8(APPENDED), appended.result());
        } else if (reply instanceof Reply.Done done) {
            out.u8(DONE).u8(done.changed() ? 1 : 0);
        } else if (reply instanceof Reply.Transacted transacted) {
            writeTransacted(out.u8(TRANSACTED), transacted);
        } else if (reply instanceof Reply.WrongRevision wrong) {
            out.u8(WRONG_REVISION).text(wrong.stream()).i64(wrong.actual());
        } else if (reply instanceof Reply.ConditionFailed failed) {
            out.u8(CONDITION_FAILED).i64(failed.position());
        } else if (reply instanceof Reply.IdTaken taken) {
            out.u8(ID_TAKEN).uuid(taken.id()).i64(taken.position());
        } else if (reply instanceof Reply.Tombstoned tombstoned) {
            out.u8(TOMBSTONED).text(tombstoned.stream());
        } else if (reply instanceof Reply.NoStream missing) {
            out.u8(NO_STREAM).text(missing.stream());
        } else if (reply instanceof Reply.WrongDocumentVersion wrong) {
            out.u8(WRONG_DOCUMENT_VERSION).varint(wrong.edit()).i64(wrong.actual());
        } else if (reply instanceof Reply.Refused refused) {
            out.u8(REFUSED).text(refused.reason());
        }
        return out.toBytes();
    }

    /**
     * The reply of bytes.
     *
     * @throws FormatException if they are not those of a reply
     */
    public static Reply decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int tag = in.u8();
        Reply reply = switch (tag) {
            case APPENDED -> new Reply.Appended(readResult(in));
            case DONE -> new Reply.Done(in.u8() == 1);
            case TRANSACTED -> readTransacted(in);
            case WRONG_REVISION -> new Reply.WrongRevision(in.text(), in.i64());
            case CONDITION_FAILED -> new Reply.ConditionFailed(in.i64());
            case ID_TAKEN -> new Reply.IdTaken(in.uuid(), in.i64());
            case TOMBSTONED -> new Reply.Tombstoned(in.text());
            case NO_STREAM -> new Reply.NoStream(in.text());
            case WRONG_DOCUMENT_VERSION -> new Reply.WrongDocumentVersion(in.varint(), in.i64());
            case REFUSED -> new Reply.Refused(in.text());
            default -> throw new FormatException("unknown reply " + tag);
        };
        in.end();
        return reply;
    }

    private static void writeTransacted(ByteWriter out, Reply.Transacted transacted) {
        AppendResult appended = transacted.appended();
        out.u8(transacted.repeated() ? 1 : 0).u8(appended == null ? 0 : 1);
        if (appended != null) {
            writeResult(out, appended);
        }
        out.varint(transacted.versions().size());
        transacted.versions().forEach(out::i64);
    }

    private static Reply readTransacted(ByteReader in) {
        boolean repeated = in.u8() == 1;
        AppendResult appended = in.u8() == 0 ? null : readResult(in);
        int count = in.length();
        List<Long> versions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            versions.add(in.i64());
        }
        return new Reply.Transacted(appended, versions, repeated);
    }

    private static void writeResult(ByteWriter out, AppendResult result) {
        out.i64(result.firstPosition()).i64(result.lastPosition());
        out.varint(result.streams().size());
        for (StreamRevisions revisions : result.streams()) {
            out.text(revisions.stream()).i64(revisions.first()).i64(revisions.last());
        }
    }

    private static AppendResult readResult(ByteReader in) {
        long first = in.i64();
        long last = in.i64();
        int count = in.length();
        List<StreamRevisions> streams = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            streams.add(new StreamRevisions(in.text(), in.i64(), in.i64()));
        }
        return new AppendResult(first, last, streams);
    }
}
