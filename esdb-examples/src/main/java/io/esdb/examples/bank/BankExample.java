package io.esdb.examples.bank;

import io.esdb.examples.DataFolder;
import io.esdb.host.EventStores;
import java.io.IOException;

/** Opens two accounts and moves money between them. */
public final class BankExample {
    private BankExample() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException {
        try (DataFolder folder = DataFolder.of(null);
                EventStores stores = EventStores.open(folder.path())) {
            run(new Bank(stores.open("bank")));
        }
    }

    private static void run(Bank bank) {
        bank.open("ann", "Ann");
        bank.open("bob", "Bob");
        bank.deposit("ann", 100_00);
        bank.withdraw("ann", 15_00);
        bank.transfer("ann", "bob", 25_00);
        try {
            bank.withdraw("bob", 25_01);
        } catch (Refused e) {
            System.out.println("Bob's account refuses: " + e.getMessage());
        }
        System.out.println("Ann has " + bank.cents("ann") + " cents, Bob has " + bank.cents("bob"));
    }
}
