package io.esdb.machine;

import io.esdb.AppendResult;
import io.esdb.spi.Document;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentEdit.Put;
import io.esdb.spi.DocumentEdit.Remove;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Edits documents and appends events, all or nothing.
 *
 * <p>Where the events are in the log already, the edits are still made if the versions fit; if they do not, an earlier
 * try went through, and it gets the first answer.
 *
 * @param edits what becomes of documents, each named once
 * @param append the append, or null
 */
public record Transact(List<DocumentEdit> edits, @Nullable Append append) implements Command {
    /** Copies the list. */
    public Transact {
        edits = List.copyOf(edits);
    }

    @Override
    public Decision decide(State state) {
        if (state.settings() == null) {
            return Decision.notCreated();
        }
        Decision appended = append == null ? null : append.decide(state);
        Reply conflict = conflict(state);
        if (conflict != null) {
            boolean repeated = appended != null && appended.reply() instanceof Reply.Appended && isRepeat(appended);
            return Decision.refuse(repeated ? reply(appended, versions(state), true) : conflict);
        }
        if (appended != null && !(appended.reply() instanceof Reply.Appended)) {
            return appended;
        }
        List<Change> changes = new ArrayList<>(appended == null ? List.of() : appended.changes());
        return new Decision(reply(appended, edit(state, changes), false), changes);
    }

    private static boolean isRepeat(Decision appended) {
        return appended.changes().isEmpty();
    }

    private @Nullable Reply conflict(State state) {
        for (int i = 0; i < edits.size(); i++) {
            DocumentEdit edit = edits.get(i);
            if (edit.expected() != DocumentEdit.ANY_VERSION) {
                long actual = version(state, edit);
                if (edit.expected() != actual) {
                    return new Reply.WrongDocumentVersion(i, actual);
                }
            }
        }
        return null;
    }

    /** Adds the changes and returns the versions after them. */
    private List<Long> edit(State state, List<Change> changes) {
        List<Long> versions = new ArrayList<>(edits.size());
        for (DocumentEdit edit : edits) {
            long version = version(state, edit);
            if (edit instanceof Put put) {
                version++;
                changes.add(new Change.DocumentPut(put.key(), new Document(version, put.value())));
            } else if (edit instanceof Remove && version > 0) {
                version = 0;
                changes.add(new Change.DocumentRemoved(edit.key()));
            }
            versions.add(version);
        }
        return versions;
    }

    private List<Long> versions(State state) {
        return edits.stream().map(edit -> version(state, edit)).toList();
    }

    private static long version(State state, DocumentEdit edit) {
        return state.documentVersion(edit.key());
    }

    private static Reply reply(@Nullable Decision appended, List<Long> versions, boolean repeated) {
        AppendResult result =
                appended != null && appended.reply() instanceof Reply.Appended reply ? reply.result() : null;
        return new Reply.Transacted(result, versions, repeated);
    }
}
