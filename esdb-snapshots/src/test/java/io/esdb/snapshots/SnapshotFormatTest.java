package io.esdb.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.StoreCorrupt;
import io.esdb.StoreTooNew;
import io.esdb.spi.Branch;
import io.esdb.spi.Document;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.DocumentPage.Entry;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of snapshots as they are in stores out there. */
class SnapshotFormatTest {
    private static final SnapshotKey KEY = new SnapshotKey("acc\u00e9", "account-1/\ud83d\ude00", 0x0102030405060708L);
    private static final String KEY_BYTES =
            "01" + "616363c3a9" + "00" + "6163636f756e742d312ff09f9880" + "00" + "0102030405060708";
    private static final SnapshotContent CONTENT =
            new SnapshotContent("Acc\u00e9", 3, "application/json", new byte[] {'{', '}'});
    private static final String CONTENT_BYTES = "01" + "00000003" + "0006249fa0d3c07b" + "0005" + "416363c3a9" + "0010"
            + "6170706c69636174696f6e2f6a736f6e" + "7b7d";
    private static final long CREATED = 0x0006249fa0d3c07bL;

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static Entry entry(byte[] key, byte[] value) {
        return new Entry(new DocumentKey(Branch.SNAPSHOTS, key), new Document(1, value));
    }

    @Test
    void aSnapshotHasTheseBytes() {
        assertThat(KeyCodec.bytes(KEY)).isEqualTo(hex(KEY_BYTES));
        assertThat(ContentCodec.encode(CONTENT, CREATED)).isEqualTo(hex(CONTENT_BYTES));
    }

    @Test
    void theseBytesAreTheSnapshot() {
        assertThat(ContentCodec.decode("s", entry(hex(KEY_BYTES), hex(CONTENT_BYTES))))
                .isEqualTo(new Snapshot(KEY, CONTENT, CREATED));
    }

    @Test
    void theLargestNamesFitAKey() {
        String source = "\u00e9".repeat(SnapshotKey.MOST_SOURCE_BYTES / 2);
        SnapshotKey largest = new SnapshotKey(source, "s".repeat(SnapshotKey.MOST_STREAM_BYTES), Long.MAX_VALUE);

        assertThat(KeyCodec.decode(KeyCodec.encode(largest).key())).isEqualTo(largest);
    }

    @Test
    void noPrefixMeetsTheKeysOfAnotherStream() {
        List<String> names = List.of("a", "a/b", "ab", "b");
        for (String source : names) {
            for (String stream : names) {
                byte[] key = KeyCodec.bytes(new SnapshotKey(source, stream, 0));
                for (String other : names) {
                    assertThat(startsWith(key, KeyCodec.prefix(other, null))).isEqualTo(other.equals(source));
                    assertThat(startsWith(key, KeyCodec.prefix(source, other))).isEqualTo(other.equals(stream));
                }
            }
        }
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return prefix.length <= key.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Test
    void whatANewerVersionWroteIsToldFromDamage() {
        byte[] newer = hex(CONTENT_BYTES);
        newer[0] = 2;

        assertThatThrownBy(() -> ContentCodec.decode("s", entry(hex(KEY_BYTES), newer)))
                .isInstanceOf(StoreTooNew.class);
        newer[0] = 0;
        assertThatThrownBy(() -> ContentCodec.decode("s", entry(hex(KEY_BYTES), newer)))
                .isInstanceOf(StoreCorrupt.class);
        for (int length = 0; length < hex(CONTENT_BYTES).length - 2; length++) {
            byte[] cut = Arrays.copyOf(hex(CONTENT_BYTES), length);
            assertThatThrownBy(() -> ContentCodec.decode("s", entry(hex(KEY_BYTES), cut)))
                    .as("cut to %s", length)
                    .isInstanceOf(StoreCorrupt.class);
        }
    }

    @Test
    void damagedKeysAreFound() {
        for (String key : List.of("01", "0161", "016100620001", "026100620000000000000001", KEY_BYTES + "00")) {
            assertThatThrownBy(() -> ContentCodec.decode("s", entry(hex(key), hex(CONTENT_BYTES))))
                    .as(key)
                    .isInstanceOf(StoreCorrupt.class);
        }
    }
}
