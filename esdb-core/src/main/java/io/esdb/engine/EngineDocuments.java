package io.esdb.engine;

import io.esdb.AppendRequest;
import io.esdb.Registration;
import io.esdb.StoreClosed;
import io.esdb.machine.Append;
import io.esdb.machine.Transact;
import io.esdb.spi.Branch;
import io.esdb.spi.Document;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.DocumentPage;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.Documents;
import io.esdb.spi.Transaction;
import io.esdb.spi.TransactionResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** The documents of an open store: transactions by the write path, reads by views. */
final class EngineDocuments implements Documents {
    private final StoreParts parts;
    private final BooleanSupplier closed;
    private final RequestCheck check;
    private final Answers answers;

    EngineDocuments(StoreParts parts, BooleanSupplier closed) {
        this.parts = parts;
        this.closed = closed;
        this.check = new RequestCheck(parts.options().limits());
        this.answers = new Answers(parts.name());
    }

    @Override
    public Optional<Document> get(DocumentKey key) {
        return inView(reader -> reader.get(key));
    }

    @Override
    public List<Optional<Document>> get(List<DocumentKey> keys) {
        return inView(reader -> keys.stream().map(reader::get).toList());
    }

    @Override
    public DocumentPage list(DocumentScan scan) {
        return inView(reader -> reader.list(scan));
    }

    @Override
    public TransactionResult commit(Transaction transaction) {
        Transact command = command(transaction);
        return answers.transacted(parts.writes().call(command), transaction);
    }

    @Override
    public CompletionStage<TransactionResult> commitAsync(Transaction transaction) {
        Transact command = command(transaction);
        return parts.writes().callAsync(command, reply -> answers.transacted(reply, transaction));
    }

    private Transact command(Transaction transaction) {
        checkOpen();
        AppendRequest append = transaction.append();
        if (append != null) {
            check.append(append);
        }
        Append appended = append == null ? null : new Append(parts.clockMicros(), append);
        return new Transact(transaction.edits(), appended);
    }

    @Override
    public int mostBytes() {
        return Math.min(parts.log().mostBytes(), Transaction.MOST_BYTES);
    }

    @Override
    public Registration changes(Branch branch, Runnable listener) {
        checkOpen();
        return parts.signals().changes(branch, listener);
    }

    @Override
    public Registration changedKeys(Branch branch, Consumer<Set<DocumentKey>> listener) {
        checkOpen();
        return parts.signals().changedKeys(branch, listener);
    }

    private <T> T inView(Function<DocumentReader, T> reader) {
        checkOpen();
        return Failures.translated(parts.name(), () -> {
            try (StoreView view = parts.machine().view(parts.settings())) {
                return reader.apply(new DocumentReader(view.view()));
            }
        });
    }

    private void checkOpen() {
        if (closed.getAsBoolean()) {
            throw new StoreClosed(parts.name());
        }
    }
}
