package io.esdb.testkit.history;

import io.esdb.AppendRequest;
import io.esdb.LogRead;
import io.esdb.StreamRead;

/** What a client asked a store for. */
public sealed interface Request {

    /**
     * An append.
     *
     * @param request what was sent
     * @param retry whether the client has sent these event ids before
     */
    record Append(AppendRequest request, boolean retry) implements Request {
        @Override
        public String toString() {
            return (retry ? "retry " : "append ") + Text.of(request);
        }
    }

    /**
     * A read of one page of a stream.
     *
     * @param read what was sent
     */
    record ReadStream(StreamRead read) implements Request {
        @Override
        public String toString() {
            return "read '" + read.stream() + "' "
                    + Text.of(read.from(), read.direction(), read.limit(), read.consistency());
        }
    }

    /**
     * A read of one page of the whole store.
     *
     * @param read what was sent
     */
    record ReadLog(LogRead read) implements Request {
        @Override
        public String toString() {
            return "read log " + Text.of(read.from(), read.direction(), read.limit(), read.consistency())
                    + (read.query().isAll() ? "" : " matching " + Text.of(read.query()));
        }
    }
}
