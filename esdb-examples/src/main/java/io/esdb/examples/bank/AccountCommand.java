package io.esdb.examples.bank;

import io.esdb.examples.bank.AccountEvent.AccountOpened;
import io.esdb.examples.bank.AccountEvent.Deposited;
import io.esdb.examples.bank.AccountEvent.TransferReceived;
import io.esdb.examples.bank.AccountEvent.TransferSent;
import io.esdb.examples.bank.AccountEvent.Withdrawn;

/** What may be asked of an account. Each command is one small record that carries its rule; nothing here does I/O. */
sealed interface AccountCommand {
    /**
     * The event that comes of it.
     *
     * @throws Refused if the account does not allow it
     */
    AccountEvent decide(Account account);

    /**
     * Opens the account.
     *
     * @param owner who may use the account
     */
    record Open(String owner) implements AccountCommand {
        @Override
        public AccountEvent decide(Account account) {
            Refused.unless(!account.open(), "it is open already");
            return new AccountOpened(owner);
        }
    }

    /**
     * Pays money in.
     *
     * @param cents to pay in
     */
    record Deposit(long cents) implements AccountCommand {
        @Override
        public AccountEvent decide(Account account) {
            account.requireOpen(cents);
            return new Deposited(cents);
        }
    }

    /**
     * Pays money out.
     *
     * @param cents to pay out
     */
    record Withdraw(long cents) implements AccountCommand {
        @Override
        public AccountEvent decide(Account account) {
            account.requireFunds(cents);
            return new Withdrawn(cents);
        }
    }

    /**
     * Gives money to another account.
     *
     * @param to the account to give to
     * @param cents to give
     */
    record Send(String to, long cents) implements AccountCommand {
        @Override
        public AccountEvent decide(Account account) {
            account.requireFunds(cents);
            return new TransferSent(to, cents);
        }
    }

    /**
     * Takes money from another account.
     *
     * @param from the account that gives
     * @param cents to get
     */
    record Receive(String from, long cents) implements AccountCommand {
        @Override
        public AccountEvent decide(Account account) {
            account.requireOpen(cents);
            return new TransferReceived(from, cents);
        }
    }
}
