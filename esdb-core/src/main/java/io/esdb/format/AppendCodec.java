package io.esdb.format;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.StreamAppend;
import io.esdb.machine.Append;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An append in the log: {@code time 8 | condition flag 1 | [after 8 | query] | streams}, each stream {@code name |
 * expectation | events}, each event {@code id 16 | body}.
 */
final class AppendCodec {
    private AppendCodec() {}

    static int sizeHint(Append append) {
        int size = 64;
        for (StreamAppend stream : append.request().streams()) {
            size += 32 + stream.stream().length();
            for (EventData event : stream.events()) {
                size += 16 + EventBody.of(event).sizeHint();
            }
        }
        return size;
    }

    static void write(ByteWriter out, Append append) {
        out.i64(append.time());
        AppendCondition condition = append.request().condition();
        out.u8(condition == null ? 0 : 1);
        if (condition != null) {
            out.i64(condition.after());
            QueryCodec.write(out, condition.failIfMatches());
        }
        out.varint(append.request().streams().size());
        for (StreamAppend stream : append.request().streams()) {
            writeStream(out, stream);
        }
    }

    private static void writeStream(ByteWriter out, StreamAppend stream) {
        out.text(stream.stream());
        ExpectationCodec.write(out, stream.expected());
        out.varint(stream.events().size());
        for (EventData event : stream.events()) {
            out.uuid(event.id());
            EventBody.of(event).write(out);
        }
    }

    static Append read(ByteReader in) {
        long time = in.i64();
        AppendCondition condition = readCondition(in);
        int count = in.length();
        List<StreamAppend> streams = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            streams.add(readStream(in));
        }
        return new Append(time, new AppendRequest(streams, condition));
    }

    private static @Nullable AppendCondition readCondition(ByteReader in) {
        if (in.u8() == 0) {
            return null;
        }
        long after = in.i64();
        return new AppendCondition(QueryCodec.read(in), after);
    }

    private static StreamAppend readStream(ByteReader in) {
        String name = in.text();
        ExpectedRevision expected = ExpectationCodec.read(in);
        int count = in.length();
        List<EventData> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            UUID id = in.uuid();
            EventBody body = EventBody.read(in);
            events.add(new EventData(
                    id,
                    body.type(),
                    body.contentType(),
                    body.data(),
                    body.metadataContentType(),
                    body.metadata(),
                    body.tags()));
        }
        return new StreamAppend(name, expected, events);
    }
}
