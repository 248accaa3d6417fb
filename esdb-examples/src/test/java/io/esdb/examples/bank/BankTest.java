package io.esdb.examples.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.examples.Concurrently;
import io.esdb.examples.Output;
import io.esdb.host.EventStores;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BankTest {
    private final EventStores stores = EventStores.inMemory();
    private final EventStore store = stores.open("bank");
    private final Bank bank = new Bank(store);

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void exampleRuns() throws Exception {
        assertThat(Output.of(() -> BankExample.main(new String[0])))
                .containsExactly(
                        "Bob's account refuses: it holds 2500 cents, which is less than 2501",
                        "Ann has 6000 cents, Bob has 2500");
    }

    @Test
    void depositsAndWithdrawalsAddUp() {
        bank.open("ann", "Ann");
        bank.deposit("ann", 500);
        bank.withdraw("ann", 200);
        assertThat(bank.cents("ann")).isEqualTo(300);
        assertThat(bank.cents("nobody")).isZero();
    }

    @Test
    void refusesWhatTheRulesForbid() {
        bank.open("ann", "Ann");
        bank.deposit("ann", 500);
        assertRefused(() -> bank.open("ann", "Ann"), "open already");
        assertRefused(() -> bank.deposit("bob", 1), "not open");
        assertRefused(() -> bank.deposit("ann", 0), "more than 0");
        assertRefused(() -> bank.withdraw("ann", -1), "more than 0");
        assertRefused(() -> bank.withdraw("ann", 501), "less than 501");
        assertRefused(() -> bank.transfer("ann", "ann", 1), "itself");
        assertThat(store.statistics().lastPosition()).isEqualTo(1);
    }

    @Test
    void transferThatTheReceiverRefusesTakesNothingFromTheSender() {
        bank.open("ann", "Ann");
        bank.deposit("ann", 500);
        assertRefused(() -> bank.transfer("ann", "bob", 100), "not open");
        assertThat(bank.cents("ann")).isEqualTo(500);
    }

    @Test
    void transferIsOneAppendOverBothAccounts() {
        bank.open("ann", "Ann");
        bank.open("bob", "Bob");
        bank.deposit("ann", 500);
        bank.transfer("ann", "bob", 100);
        List<RecordedEvent> events =
                Pages.stream(store, LogRead.forward().from(3)).toList();
        assertThat(events).extracting(RecordedEvent::type).containsExactly("TransferSent", "TransferReceived");
        assertThat(events).extracting(RecordedEvent::stream).containsExactly("account-ann", "account-bob");
        assertThat(bank.cents("ann")).isEqualTo(400);
        assertThat(bank.cents("bob")).isEqualTo(100);
    }

    @Test
    void depositsAtTheSameTimeAllCount() throws Exception {
        bank.open("ann", "Ann");
        Concurrently.run(8, thread -> {
            for (int i = 0; i < 50; i++) {
                bank.deposit("ann", 1);
            }
        });
        assertThat(bank.cents("ann")).isEqualTo(400);
    }

    @Test
    void noCentIsSpentTwiceByWithdrawalsAtTheSameTime() throws Exception {
        for (int i = 0; i < 50; i++) {
            String account = "a" + i;
            bank.open(account, "Ann");
            bank.deposit(account, 1);
            AtomicInteger paidOut = new AtomicInteger();
            Concurrently.run(4, thread -> {
                try {
                    bank.withdraw(account, 1);
                    paidOut.incrementAndGet();
                } catch (Refused e) {
                    assertThat(e).hasMessageContaining("less than");
                }
            });
            assertThat(paidOut).hasValue(1);
            assertThat(bank.cents(account)).isZero();
        }
    }

    @Test
    void noMoneyIsMadeOrLostByTransfersAtTheSameTime() throws Exception {
        int accounts = 4;
        for (int i = 0; i < accounts; i++) {
            bank.open("a" + i, "owner " + i);
            bank.deposit("a" + i, 100);
        }
        Concurrently.run(8, thread -> {
            SplittableRandom random = new SplittableRandom(thread);
            for (int i = 0; i < 100; i++) {
                int from = random.nextInt(accounts);
                int to = (from + 1 + random.nextInt(accounts - 1)) % accounts;
                transferIfCovered("a" + from, "a" + to, 1 + random.nextInt(80));
            }
        });
        List<Long> balances =
                LongStream.range(0, accounts).mapToObj(i -> bank.cents("a" + i)).toList();
        assertThat(balances).allMatch(cents -> cents >= 0);
        assertThat(balances.stream().mapToLong(cents -> cents).sum()).isEqualTo(400);
        assertThat(store.statistics().lastPosition()).isGreaterThan(50);
    }

    private void transferIfCovered(String from, String to, long cents) {
        try {
            bank.transfer(from, to, cents);
        } catch (Refused e) {
            assertThat(e).hasMessageContaining("less than");
        }
    }

    private static void assertRefused(Runnable action, String reason) {
        assertThatThrownBy(action::run).isInstanceOf(Refused.class).hasMessageContaining(reason);
    }
}
