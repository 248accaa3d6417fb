package io.esdb.engine;

import io.esdb.AppendCondition;
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
import io.esdb.spi.DocumentConflict;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.Transaction;
import io.esdb.spi.TransactionResult;

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
        throw refusal(reply, request);
    }

    private EsdbException refusal(Reply reply, AppendRequest request) {
        if (reply instanceof Reply.WrongRevision wrong) {
            return new WrongExpectedRevision(wrong.stream(), expected(request, wrong.stream()), wrong.actual());
        }
        AppendCondition condition = request.condition();
        if (reply instanceof Reply.ConditionFailed failed && condition != null) {
            return new AppendConditionFailed(condition, failed.position());
        }
        return refusal(reply);
    }

    TransactionResult transacted(Reply reply, Transaction transaction) {
        if (reply instanceof Reply.Transacted done) {
            return new TransactionResult(done.appended(), done.versions(), done.repeated());
        }
        if (reply instanceof Reply.WrongDocumentVersion wrong) {
            DocumentEdit edit = transaction.edits().get(wrong.edit());
            throw new DocumentConflict(edit.key(), edit.expected(), wrong.actual());
        }
        AppendRequest append = transaction.append();
        throw append == null ? refusal(reply) : refusal(reply, append);
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
