package io.esdb.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.erasure.SealedPart.Content;
import io.esdb.erasure.SealedPart.Part;
import io.esdb.erasure.SealedPart.Place;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentPage;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.StoreAccess;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What is stored today is read for ever. */
class FormatTest extends ErasureFixture {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] KEY = HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final byte[] SUBJECT = "s-1".getBytes(UTF_8);
    private static final Place PLACE =
            new Place(Part.DATA, new UUID(0x0123456789abcdefL, 0x8123456789abcdefL), "Noted");
    private static final Content CONTENT = new Content("text/plain", "in confidence".getBytes(UTF_8));
    private static final String SEALED =
            "010003732d316bfaba83b57bf3b39bfaa0965abb53282408a1425f536a5b4c3206458fe8f2b36b0482e47b4b65a2927b3033fa375e7e3bf7c78443";

    @Test
    void aSealedPartIsReadAndWrittenAsEver() {
        assertThat(HEX.formatHex(SealedPart.seal(new DataKey(KEY.clone()), SUBJECT, PLACE, CONTENT)))
                .isEqualTo(SEALED);
        byte[] sealed = HEX.parseHex(SEALED);
        Content opened = SealedPart.open(new DataKey(KEY.clone()), SUBJECT, PLACE, sealed);

        assertThat(SealedPart.subject(sealed)).isEqualTo("s-1");
        assertThat(opened).usingRecursiveComparison().isEqualTo(CONTENT);
    }

    /** By the JDK alone, from the description of the format. */
    @Test
    void aSealedPartIsWhatItsDescriptionSays() throws Exception {
        byte[] associated = ByteBuffer.allocate(2 + 16 + 2 + 3 + 4 + 5)
                .put((byte) 1)
                .put((byte) 1)
                .putLong(PLACE.id().getMostSignificantBits())
                .putLong(PLACE.id().getLeastSignificantBits())
                .putShort((short) 3)
                .put(SUBJECT)
                .putInt(5)
                .put("Noted".getBytes(UTF_8))
                .array();
        byte[] plain = ("\0\12text/plain" + "in confidence").getBytes(UTF_8);
        byte[] eventKey = hmac(new byte[] {1}, associated);
        byte[] nonce = Arrays.copyOf(hmac(new byte[] {2}, associated, plain), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(eventKey, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(associated);

        assertThat(SEALED)
                .isEqualTo("010003" + HEX.formatHex(SUBJECT) + HEX.formatHex(nonce)
                        + HEX.formatHex(cipher.doFinal(plain)));
    }

    private static byte[] hmac(byte[]... parts) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    @Test
    void aRecordIsReadAndWrittenAsEver() {
        KeyRecord wrapped = new KeyRecord.Wrapped(HEX.parseHex("a0".repeat(16)), HEX.parseHex("010203"));
        KeyRecord shredded = new KeyRecord.Shredded(0x0102030405060708L, true);

        assertThat(HEX.formatHex(wrapped.encode())).isEqualTo("0101" + "a0".repeat(16) + "010203");
        assertThat(HEX.formatHex(shredded.encode())).isEqualTo("0102010203040506070801");
        assertThat(KeyRecord.decode(wrapped.encode()))
                .usingRecursiveComparison()
                .isEqualTo(wrapped);
        assertThat(KeyRecord.decode(shredded.encode())).isEqualTo(shredded);
        for (String none :
                new String[] {"", "01", "0201" + "00".repeat(20), "0101" + "00".repeat(16), "010200", "0103"}) {
            assertThat(KeyRecord.decode(HEX.parseHex(none))).as(none).isNull();
        }
    }

    @Test
    void aSubjectIsKeptUnderOneAndItsName() {
        sealed("größe", "x");

        DocumentPage page = ((StoreAccess) store).documents().list(DocumentScan.forward(Branch.KEYS, new byte[0], 10));

        assertThat(page.entries()).hasSize(1);
        assertThat(page.entries().get(0).key().key()).isEqualTo("\1größe".getBytes(UTF_8));
        assertThat(KeyRecord.decode(page.entries().get(0).document().value())).isInstanceOf(KeyRecord.Wrapped.class);
    }

    @Test
    void aWrappedKeyOfOurOwnProvidersIsReadAsEver() {
        KeyRing ring = new KeyRing(ByteBuffer.allocate(36).putInt(1).put(KEY).array());

        assertThat(
                        HEX.formatHex(
                                ring.unwrap(
                                        "s-1",
                                        HEX.parseHex(
                                                "00000001070707070707070707070707ff9a56ac9fff2704366de37070a1046b51ac7d83780771e90e4bae0af42ec2eb9f5f2643f1f746ae0bc2dbd5d6c28473"))))
                .isEqualTo("f0".repeat(32));
    }
}
