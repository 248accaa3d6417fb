package io.esdb.engine;

import io.esdb.ExpectedRevision;

/** A stream as the naive store keeps it. */
final class NaiveStream {
    long head = -1;
    long hiddenBefore;
    long sweptBefore;
    long maxCount;
    long maxAge;
    boolean deleted;
    boolean tombstoned;

    boolean isActive() {
        return !deleted && !tombstoned;
    }

    boolean shows(NaiveEvent event, long now) {
        boolean newEnough = maxCount == 0 || event.revision() > head - maxCount;
        boolean youngEnough = maxAge == 0 || now - event.created() < maxAge;
        return isActive() && event.revision() >= Math.max(hiddenBefore, sweptBefore) && newEnough && youngEnough;
    }

    static boolean isMet(ExpectedRevision expected, long actual) {
        if (expected instanceof ExpectedRevision.Exactly exactly) {
            return exactly.revision() == actual;
        }
        if (expected.equals(ExpectedRevision.noStream())) {
            return actual == -1;
        }
        return expected.equals(ExpectedRevision.any()) || actual != -1;
    }
}
