package io.esdb.examples.bank;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import io.esdb.WrongExpectedRevision;
import io.esdb.examples.Retry;
import io.esdb.json.EventTypes;
import io.esdb.json.JsonEvents;

/** Accounts in an event store. Every method that changes one throws {@link Refused} if the account does not allow it. */
final class Bank {
    private static final JsonEvents JSON = JsonEvents.of(EventTypes.none()
            .with("AccountOpened", AccountEvent.AccountOpened.class)
            .with("Deposited", AccountEvent.Deposited.class)
            .with("Withdrawn", AccountEvent.Withdrawn.class)
            .with("TransferSent", AccountEvent.TransferSent.class)
            .with("TransferReceived", AccountEvent.TransferReceived.class));

    private final EventStore store;

    Bank(EventStore store) {
        this.store = store;
    }

    void open(String account, String owner) {
        execute(account, new AccountCommand.Open(owner));
    }

    void deposit(String account, long cents) {
        execute(account, new AccountCommand.Deposit(cents));
    }

    void withdraw(String account, long cents) {
        execute(account, new AccountCommand.Withdraw(cents));
    }

    /** Moves money: the events of both accounts are one append, so it is never gone from one and missing in the other. */
    void transfer(String from, String to, long cents) {
        Refused.unless(!from.equals(to), "it cannot transfer to itself");
        Retry.on(WrongExpectedRevision.class, () -> {
            Loaded sender = load(from);
            Loaded receiver = load(to);
            return store.append(AppendRequest.to(
                            stream(from), sender.unchanged(), sender.decide(new AccountCommand.Send(to, cents)))
                    .and(stream(to), receiver.unchanged(), receiver.decide(new AccountCommand.Receive(from, cents))));
        });
    }

    /** What is in an account, 0 if there is none. */
    long cents(String account) {
        return load(account).account().cents();
    }

    private void execute(String name, AccountCommand command) {
        Retry.on(WrongExpectedRevision.class, () -> {
            Loaded loaded = load(name);
            return store.append(stream(name), loaded.unchanged(), loaded.decide(command));
        });
    }

    private Loaded load(String name) {
        Account account = Account.NONE;
        long revision = -1;
        for (RecordedEvent event : Pages.iterate(store, StreamRead.forward(stream(name)))) {
            account = JSON.read(event, AccountEvent.class).applyTo(account);
            revision = event.revision();
        }
        return new Loaded(account, revision);
    }

    private static String stream(String account) {
        return "account-" + account;
    }

    /** An account and the revision that it was read at. */
    private record Loaded(Account account, long revision) {
        ExpectedRevision unchanged() {
            return ExpectedRevision.after(revision);
        }

        EventData decide(AccountCommand command) {
            return JSON.toEvent(command.decide(account));
        }
    }
}
