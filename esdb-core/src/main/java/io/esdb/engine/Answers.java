package io.esdb.engine;

import io.esdb.AppendConditionFailed;
import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EsdbException;
import io.esdb.EventIdConflict;
import io.esdb.ExpectedRevision;
import io.esdb.StoreFailed;
import io.esdb.StreamAppend;
import io.esdb.StreamNotFound;
import io.esdb.StreamTombstoned;
import io.esdb.WrongExpectedRevision;
import io.esdb.machine.Reply;

/** Turns replies into results, and refusals into what users catch. */
final class Answers {
    private final String store;

    Answers(String store) {
        this.store = store;
    }

    AppendResult appended(Reply reply, AppendRequest request) {
        if (reply instanceof Reply.Appended appended) {
            return appended.result();
        }
        if (reply instanceof Reply.WrongRevision wrong) {
            throw new WrongExpectedRevision(wrong.stream(), expected(request, wrong.stream()), wrong.actual());
        }
        if (reply instanceof Reply.ConditionFailed failed && request.condition() != null) {
            throw new AppendConditionFailed(request.condition(), failed.position());
        }
        throw refusal(reply);
    }

    boolean changed(Reply reply, ExpectedRevision expected) {
        if (reply instanceof Reply.Done done) {
            return done.changed();
        }
        if (reply instanceof Reply.WrongRevision wrong) {
            throw new WrongExpectedRevision(wrong.stream(), expected, wrong.actual());
        }
        throw refusal(reply);
    }

    private EsdbException refusal(Reply reply) {
        if (reply instanceof Reply.IdTaken taken) {
            return new EventIdConflict(taken.id(), taken.position());
        }
        if (reply instanceof Reply.Tombstoned tombstoned) {
            return new StreamTombstoned(tombstoned.stream());
        }
        if (reply instanceof Reply.NoStream missing) {
            return new StreamNotFound(missing.stream());
        }
        return new StoreFailed(store, "an unforeseen reply: " + reply, null);
    }

    private static ExpectedRevision expected(AppendRequest request, String stream) {
        for (StreamAppend append : request.streams()) {
            if (append.stream().equals(stream)) {
                return append.expected();
            }
        }
        return ExpectedRevision.any();
    }
}
