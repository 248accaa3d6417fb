package io.esdb.examples.bank;

/** What happens to an account. Amounts are whole cents, more than 0. */
sealed interface AccountEvent {
    /** The account after this, when it was {@code before}. */
    Account applyTo(Account before);

    /**
     * The account came to be, empty.
     *
     * @param owner who may use it
     */
    record AccountOpened(String owner) implements AccountEvent {
        @Override
        public Account applyTo(Account before) {
            return new Account(true, 0);
        }
    }

    /**
     * Money was paid in.
     *
     * @param cents paid in
     */
    record Deposited(long cents) implements AccountEvent {
        @Override
        public Account applyTo(Account before) {
            return before.plus(cents);
        }
    }

    /**
     * Money was paid out.
     *
     * @param cents paid out
     */
    record Withdrawn(long cents) implements AccountEvent {
        @Override
        public Account applyTo(Account before) {
            return before.plus(-cents);
        }
    }

    /**
     * Money went to another account.
     *
     * @param to the account that got it
     * @param cents given away
     */
    record TransferSent(String to, long cents) implements AccountEvent {
        @Override
        public Account applyTo(Account before) {
            return before.plus(-cents);
        }
    }

    /**
     * Money came from another account.
     *
     * @param from the account that gave it
     * @param cents got
     */
    record TransferReceived(String from, long cents) implements AccountEvent {
        @Override
        public Account applyTo(Account before) {
            return before.plus(cents);
        }
    }
}
