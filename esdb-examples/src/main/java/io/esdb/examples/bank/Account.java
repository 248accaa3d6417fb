package io.esdb.examples.bank;

/**
 * What the events of an account add up to.
 *
 * @param open whether it was opened
 * @param cents what is in it
 */
record Account(boolean open, long cents) {
    /** Before the first event. */
    static final Account NONE = new Account(false, 0);

    Account plus(long more) {
        return new Account(open, Math.addExact(cents, more));
    }

    void requireOpen(long amount) {
        Refused.unless(open, "it is not open");
        Refused.unless(amount > 0, "an amount must be more than 0, was " + amount);
    }

    void requireFunds(long amount) {
        requireOpen(amount);
        Refused.unless(cents >= amount, "it holds " + cents + " cents, which is less than " + amount);
    }
}
