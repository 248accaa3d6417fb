package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import io.esdb.LimitExceeded;
import java.math.BigDecimal;

/** Exact addition of JSON numbers. */
final class Sums {
    private Sums() {}

    /** @throws LimitExceeded if the sum has too many digits; two short numbers with far exponents can have billions */
    static JsonNode add(JsonNode a, JsonNode b, int mostDigits) {
        boolean integral = a.isIntegralNumber() && b.isIntegralNumber();
        if (integral && a.canConvertToLong() && b.canConvertToLong()) {
            long sum = a.longValue() + b.longValue();
            boolean overflown = ((a.longValue() ^ sum) & (b.longValue() ^ sum)) < 0;
            if (!overflown) {
                return LongNode.valueOf(sum);
            }
        }
        BigDecimal left = a.decimalValue();
        BigDecimal right = b.decimalValue();
        requireFewDigits(left, right, mostDigits);
        BigDecimal sum = left.add(right);
        return integral ? BigIntegerNode.valueOf(sum.toBigIntegerExact()) : DecimalNode.valueOf(sum);
    }

    private static void requireFewDigits(BigDecimal a, BigDecimal b, int most) {
        long before = Math.max((long) a.precision() - a.scale(), (long) b.precision() - b.scale());
        long after = Math.max(0, Math.max(a.scale(), b.scale()));
        long digits = Math.max(0, before) + after;
        if (digits > most) {
            throw new LimitExceeded("digits", most, digits);
        }
    }
}
