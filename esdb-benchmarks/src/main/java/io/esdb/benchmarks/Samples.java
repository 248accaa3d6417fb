package io.esdb.benchmarks;

import io.esdb.EventData;
import io.esdb.EventIds;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Events that look like a business application's: JSON of one size, half of it words that come again and half of it
 * values that do not. The same seed makes the same payloads. Safe to use from any thread.
 */
final class Samples {
    private static final int PAYLOADS = 2_048;
    private static final byte[] NO_METADATA = {};
    private static final String[] TYPES = {
        "OrderPlaced",
        "OrderPaid",
        "OrderPacked",
        "OrderShipped",
        "OrderDelivered",
        "OrderReturned",
        "OrderCancelled",
        "OrderRefunded"
    };

    private final byte[][] payloads = new byte[PAYLOADS][];

    /** @param bytes the size of each payload */
    Samples(int bytes, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PAYLOADS; i++) {
            payloads[i] = payload(bytes, random);
        }
    }

    /** Payloads of 256 bytes. */
    static Samples small() {
        return new Samples(256, 42);
    }

    /** Payloads of 4 KiB. */
    static Samples large() {
        return new Samples(4_096, 43);
    }

    /** The name of a stream. */
    static String stream(long number) {
        return "order-" + number;
    }

    /** The n-th event, under a new id that grows with time. */
    EventData event(long n) {
        return event(n, EventIds.next());
    }

    /** The n-th event. */
    EventData event(long n, UUID id) {
        String type = TYPES[(int) (n % TYPES.length)];
        byte[] data = payloads[(int) (n % PAYLOADS)];
        return new EventData(id, type, EventData.JSON, data, EventData.JSON, NO_METADATA, Set.of());
    }

    private static byte[] payload(int bytes, Random random) {
        StringBuilder json = new StringBuilder("{\"lines\":[");
        while (json.length() < bytes) {
            json.append("{\"sku\":\"")
                    .append(Long.toHexString(random.nextLong()))
                    .append("\",\"quantity\":")
                    .append(random.nextInt(100))
                    .append(",\"cents\":")
                    .append(random.nextInt(1_000_000))
                    .append(",\"batch\":\"")
                    .append(Long.toString(random.nextLong(), 36))
                    .append("\"},");
        }
        return json.substring(0, bytes).getBytes(StandardCharsets.US_ASCII);
    }
}
