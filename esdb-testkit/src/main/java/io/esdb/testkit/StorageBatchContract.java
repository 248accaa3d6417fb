package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.ReadView;
import io.esdb.spi.WriteBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a storage promises of batches and of reads by key and position. */
abstract class StorageBatchContract extends StorageFixture {
    private static final String KEY = "000000000000000001aa";

    @Test
    void aNewStorageIsEmpty() {
        assertEmpty();
    }

    private void assertEmpty() {
        assertThat(contents(storage))
                .isEqualTo(Arrays.stream(Branch.values()).map(Branch::name).toList());
    }

    @Test
    void anEmptyBatchIsStored() {
        storage.commit(new WriteBatch());

        assertEmpty();
    }

    @Test
    void aBatchIsSeenOnAllFaces() {
        commit(batch -> {
            batch.event(0, utf8("zero"));
            for (Branch branch : Branch.values()) {
                batch.put(branch, bytes(KEY), utf8(branch.name()));
            }
        });

        assertThat(event(0)).isEqualTo("zero");
        for (Branch branch : Branch.values()) {
            assertThat(value(branch, KEY)).isEqualTo(branch.name());
            assertThat(scan(branch, "", Direction.FORWARD)).containsExactly(KEY + "=" + branch.name());
        }
    }

    @Test
    void whatIsNotThereIsNull() {
        commit(batch -> batch.event(7, utf8("seven")));

        assertThat(event(6)).isEqualTo("none");
        assertThat(event(8)).isEqualTo("none");
        for (Branch branch : Branch.values()) {
            assertThat(value(branch, KEY)).isEqualTo("none");
        }
    }

    @Test
    void theLaterWriteOfABatchWins() {
        commit(batch -> batch.put(Branch.META, bytes("03"), utf8("old")));

        commit(batch -> {
            batch.put(Branch.META, bytes("01"), utf8("first"));
            batch.put(Branch.META, bytes("01"), utf8("second"));
            batch.put(Branch.META, bytes("02"), utf8("put"));
            batch.delete(Branch.META, bytes("02"));
            batch.delete(Branch.META, bytes("03"));
            batch.put(Branch.META, bytes("03"), utf8("back"));
            batch.event(0, utf8("first"));
            batch.event(0, utf8("second"));
        });

        assertThat(scan(Branch.META, "", Direction.FORWARD)).containsExactly("01=second", "03=back");
        assertThat(log(0, Direction.FORWARD)).containsExactly("0=second");
    }

    @Test
    void theLaterBatchWins() {
        for (int i = 0; i <= 100; i++) {
            String value = "v" + i;
            commit(batch -> batch.put(Branch.SNAPSHOTS, bytes("01"), utf8(value)));
        }

        assertThat(value(Branch.SNAPSHOTS, "01")).isEqualTo("v100");
        assertThat(scan(Branch.SNAPSHOTS, "", Direction.BACKWARD)).containsExactly("01=v100");
    }

    @Test
    void aDeletedKeyIsGoneFromReadsAndScans() {
        for (Branch branch : Branch.values()) {
            commit(batch -> batch.put(branch, bytes(KEY), utf8("here")));
            commit(batch -> batch.put(branch, bytes(KEY + "00"), utf8("stays")));

            commit(batch -> batch.delete(branch, bytes(KEY)));

            assertThat(value(branch, KEY)).isEqualTo("none");
            assertThat(scan(branch, "", Direction.FORWARD)).containsExactly(KEY + "00=stays");
            assertThat(scan(branch, "", Direction.BACKWARD)).containsExactly(KEY + "00=stays");
        }
    }

    @Test
    void deletingAMissingKeyIsFine() {
        commit(batch -> batch.delete(Branch.STREAMS, utf8("nobody")));

        assertThat(scan(Branch.STREAMS, "", Direction.FORWARD)).isEmpty();
    }

    @Test
    void aDeletedKeyCanComeBack() {
        commit(batch -> batch.put(Branch.STREAMS, bytes("01"), utf8("one")));
        commit(batch -> batch.delete(Branch.STREAMS, bytes("01")));
        commit(batch -> batch.put(Branch.STREAMS, bytes("01"), utf8("again")));

        assertThat(value(Branch.STREAMS, "01")).isEqualTo("again");
    }

    @Test
    void aRecordOfAnEventCanBeReplaced() {
        commit(batch -> {
            batch.event(0, utf8("zero"));
            batch.event(1, utf8("one"));
        });
        commit(batch -> batch.event(0, utf8("other")));

        assertThat(log(0, Direction.FORWARD)).containsExactly("0=other", "1=one");
    }

    @Test
    void branchesAndEventsDoNotMix() {
        commit(batch -> {
            batch.event(1, utf8("event"));
            batch.put(Branch.STREAM_INDEX, bytes("0000000000000001"), utf8("index"));
        });
        commit(batch -> batch.delete(Branch.STREAM_INDEX, bytes("0000000000000001")));

        assertThat(event(1)).isEqualTo("event");
        assertThat(value(Branch.META, "0000000000000001")).isEqualTo("none");
    }

    @Test
    void eventsAreGivenInTheOrderAsked() {
        commit(batch -> {
            for (int position = 0; position < 50; position++) {
                batch.event(position, utf8("e" + position));
            }
        });

        assertThat(records(49, 0, 1, 2, 77, 30, 0, 29, Long.MAX_VALUE, 31))
                .containsExactly("e49", "e0", "e1", "e2", "none", "e30", "e0", "e29", "none", "e31");
    }

    @Test
    void askingForNoEventsGivesNone() {
        assertThat(records()).isEmpty();
    }

    @Test
    void valuesMayBeEmptyOrBig() {
        byte[] big = new byte[1 << 20];
        new Random(7).nextBytes(big);
        byte[] key = new byte[4096];
        Arrays.fill(key, (byte) 0x61);

        commit(batch -> {
            batch.event(0, new byte[0]);
            batch.event(1, big);
            batch.put(Branch.SNAPSHOTS, key, big);
            batch.put(Branch.META, bytes("01"), new byte[0]);
        });

        try (ReadView view = storage.view()) {
            assertThat(view.event(0)).isEmpty();
            assertThat(view.event(1)).isEqualTo(big);
            assertThat(view.get(Branch.SNAPSHOTS, key)).isEqualTo(big);
            assertThat(view.get(Branch.META, bytes("01"))).isEmpty();
        }
        assertThat(log(1, Direction.BACKWARD)).hasSize(2);
    }

    @Test
    void aBigBatchIsStoredAsAWhole() {
        commit(batch -> {
            for (int i = 0; i < 20_000; i++) {
                batch.event(i, utf8("event " + i));
                batch.put(Branch.STREAMS, utf8("stream-" + i), utf8("" + i));
            }
        });

        List<String> names = scan(Branch.STREAMS, "", Direction.FORWARD);
        assertThat(names).hasSize(20_000);
        assertThat(event(19_999)).isEqualTo("event 19999");
    }
}
